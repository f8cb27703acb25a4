using System.Text.Json;

namespace FlexiAI;

/// <summary>
/// A caller's body: one JSON object, read once and sent to each provider with another model and every other byte as it is. Its memory is given
/// back when the last who holds it lets go, since a connection may still be sending after its call was given up.
/// </summary>
internal sealed class RawBody : IDisposable
{
    private const int DeepestNesting = 256;

    private readonly IDisposable? _owner;
    private int _holders = 1;

    private RawBody(ReadOnlyMemory<byte> bytes, IDisposable? owner) => (Bytes, _owner) = (bytes, owner);

    /// <summary>The body as it came.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>The model that is asked for; null if none is.</summary>
    public string? Model { get; private set; }

    /// <summary>Where the model stands, quotation marks included; empty if none does.</summary>
    public Range ModelRange { get; private set; }

    /// <summary>Whether a stream is asked for.</summary>
    public bool IsStreamed { get; private set; }

    /// <summary>Reads what the engine goes by.</summary>
    /// <param name="bytes">The body.</param>
    /// <param name="owner">Disposed when the body is not needed any more, also where it is refused.</param>
    /// <exception cref="RawBodyException">It is not a JSON object, or what the engine goes by is not what it should be.</exception>
    public static RawBody Parse(ReadOnlyMemory<byte> bytes, IDisposable? owner = null)
    {
        var body = new RawBody(bytes, owner);
        try
        {
            body.Read();
            return body;
        }
        catch (JsonException e)
        {
            body.Dispose();
            throw new RawBodyException(null, $"The body is not JSON: line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}; allowed: one JSON object.");
        }
        catch (InvalidOperationException)
        {
            // The name of a property with half a character in it.
            body.Dispose();
            throw new RawBodyException(null, "The body has a property whose name is not a valid text; allowed: one JSON object.");
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    /// <summary>Holds the memory; false if it was given back already.</summary>
    public bool TryHold()
    {
        int holders;
        do
        {
            holders = Volatile.Read(ref _holders);
            if (holders == 0)
            {
                return false;
            }
        }
        while (Interlocked.CompareExchange(ref _holders, holders + 1, holders) != holders);
        return true;
    }

    /// <summary>Lets go: whoever parsed it once, and who held it once for each time.</summary>
    public void Dispose()
    {
        if (Interlocked.Decrement(ref _holders) == 0)
        {
            _owner?.Dispose();
        }
    }

    private void Read()
    {
        var reader = new Utf8JsonReader(Bytes.Span, new JsonReaderOptions { MaxDepth = DeepestNesting });
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw new RawBodyException(null, "The body is not a JSON object; allowed: one JSON object.");
        }

        var (models, streams) = (0, 0);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("model"u8))
            {
                Once("model", ref models);
                reader.Read();
                ReadModel(ref reader);
            }
            else if (reader.ValueTextEquals("stream"u8))
            {
                Once("stream", ref streams);
                reader.Read();
                IsStreamed = reader.TokenType switch
                {
                    JsonTokenType.True => true,
                    JsonTokenType.False or JsonTokenType.Null => false,
                    _ => throw new RawBodyException("stream", "stream is not a truth value; allowed: true or false."),
                };
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }

        // What follows the object is refused by the reader.
        reader.Read();
    }

    // Two of them are read as the first by some servers and as the last by others.
    private static void Once(string property, ref int seen)
    {
        if (++seen > 1)
        {
            throw new RawBodyException(property, $"{property} is there more than once; allowed: once.");
        }
    }

    private void ReadModel(ref Utf8JsonReader reader)
    {
        try
        {
            Model = reader.TokenType switch
            {
                JsonTokenType.String => reader.GetString(),
                JsonTokenType.Null => null,
                _ => throw new RawBodyException("model", "model is not a text; allowed: the name of a model."),
            };
        }
        catch (InvalidOperationException)
        {
            // Half a character, or bytes that are not UTF-8.
            throw new RawBodyException("model", "model is not a valid text; allowed: the name of a model.");
        }

        if (reader.TokenType == JsonTokenType.String)
        {
            ModelRange = (int)reader.TokenStartIndex..(int)reader.BytesConsumed;
        }
    }
}

/// <summary>A body is not what the gateway can pass on.</summary>
/// <param name="param">The field that is wrong, if one is.</param>
/// <param name="message">What is wrong and what is allowed.</param>
internal sealed class RawBodyException(string? param, string message) : Exception(message)
{
    public string? Param { get; } = param;
}
