using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace FlexiAI.Testing;

/// <summary>Embeddings: unit vectors that depend on the text alone, so that the same text has the same vector in every run.</summary>
internal static class Vectors
{
    public static float[] Of(string text, int dimensions)
    {
        var bytes = new byte[dimensions * sizeof(short)];
        var block = SHA256.HashData(Encoding.UTF8.GetBytes(text));
        for (var start = 0; start < bytes.Length; start += block.Length)
        {
            block.AsSpan(0, Math.Min(block.Length, bytes.Length - start)).CopyTo(bytes.AsSpan(start));
            block = SHA256.HashData(block);
        }

        var vector = Array.ConvertAll(MemoryMarshal.Cast<byte, short>(bytes).ToArray(), value => value + 0.5f);
        var length = Math.Sqrt(vector.Sum(value => (double)value * value));
        return Array.ConvertAll(vector, value => (float)(value / length));
    }

    public static JsonNode ToJson(float[] vector) => new JsonArray([.. vector.Select(value => (JsonNode)value)]);

    /// <summary>The floats in little-endian order, as base64.</summary>
    public static JsonNode ToBase64(float[] vector) => Convert.ToBase64String(MemoryMarshal.AsBytes<float>(vector));
}
