using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace FlexiAI;

/// <summary>OpenAI's embeddings, for callers whose request is answered by a provider of another wire.</summary>
internal static class OpenAIEmbeddingWire
{
    /// <param name="body">The body, known to be a JSON object.</param>
    /// <exception cref="WireException">It is not valid, or asks for what no other wire has.</exception>
    public static WireEmbedding Read(ReadOnlyMemory<byte> body)
    {
        using var document = OpenAIBody.Parse(body);
        var request = OpenAIField.Root(document.RootElement).Object();
        var encoding = request.Find("encoding_format");
        var options = new EmbeddingGenerationOptions { Dimensions = (int?)request.Find("dimensions")?.Whole(1, int.MaxValue) };
        return new WireEmbedding(Values(request.Need("input")), options, encoding?.Text() switch
        {
            null or "float" => false,
            "base64" => true,
            _ => throw encoding.Wrong("\"float\" or \"base64\""),
        });
    }

    public static void WriteReply(IBufferWriter<byte> output, GeneratedEmbeddings<Embedding<float>> embeddings, string model, bool asBase64)
    {
        using var json = new Utf8JsonWriter(output, OpenAIJson.Plain);
        json.WriteStartObject();
        json.WriteString("object"u8, "list"u8);
        json.WriteStartArray("data"u8);
        for (var index = 0; index < embeddings.Count; index++)
        {
            json.WriteStartObject();
            json.WriteString("object"u8, "embedding"u8);
            json.WriteNumber("index"u8, index);
            WriteVector(json, embeddings[index].Vector.Span, asBase64);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("model"u8, model);
        if ((embeddings.Usage?.InputTokenCount ?? embeddings.Usage?.TotalTokenCount) is { } tokens)
        {
            json.WriteStartObject("usage"u8);
            json.WriteNumber("prompt_tokens"u8, tokens);
            json.WriteNumber("total_tokens"u8, embeddings.Usage!.TotalTokenCount ?? tokens);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static List<string> Values(OpenAIField input) => input.Value.ValueKind switch
    {
        JsonValueKind.String => [input.Name()],
        JsonValueKind.Array when input.Value.GetArrayLength() > 0 => [.. input.Items().Select(Value)],
        _ => throw input.Wrong("a string, or an array of one string or more"),
    };

    private static string Value(OpenAIField item) => item.Value.ValueKind is JsonValueKind.Number or JsonValueKind.Array
        ? throw item.NotCarried("input must be text: tokens mean nothing to another model")
        : item.Name();

    private static void WriteVector(Utf8JsonWriter json, ReadOnlySpan<float> vector, bool asBase64)
    {
        if (!asBase64)
        {
            json.WriteStartArray("embedding"u8);
            foreach (var number in vector)
            {
                json.WriteNumberValue(number);
            }

            json.WriteEndArray();
            return;
        }

        if (BitConverter.IsLittleEndian)
        {
            json.WriteBase64String("embedding"u8, MemoryMarshal.AsBytes(vector));
            return;
        }

        var bits = new int[vector.Length];
        BinaryPrimitives.ReverseEndianness(MemoryMarshal.Cast<float, int>(vector), bits);
        json.WriteBase64String("embedding"u8, MemoryMarshal.AsBytes<int>(bits));
    }
}
