using System.Text.Json;

namespace FlexiAI;

/// <summary>What a failed call left behind: the exception, and the HTTP response as it was below the SDK.</summary>
public sealed class FailureEvidence
{
    private const int LongestBody = 64 * 1024;

    private readonly Dictionary<string, string> _headers = new(StringComparer.OrdinalIgnoreCase);
    private bool _parsed;
    private string? _errorMessage;
    private string? _errorCode;

    /// <summary>Gathers the evidence.</summary>
    /// <param name="exception">What the client threw.</param>
    /// <param name="statusCode">The HTTP status, if a response arrived.</param>
    /// <param name="headers">The response's headers by name, in any letter case.</param>
    /// <param name="body">The body of a response whose status is an error; of a longer one the first 64 Ki characters are kept.</param>
    public FailureEvidence(Exception exception, int? statusCode = null, IReadOnlyDictionary<string, string>? headers = null, string? body = null)
    {
        ArgumentNullException.ThrowIfNull(exception);
        Exception = exception;
        StatusCode = statusCode;
        Body = body?[..Math.Min(body.Length, LongestBody)];
        foreach (var (name, value) in headers ?? new Dictionary<string, string>())
        {
            _headers[name] = value;
        }
    }

    /// <summary>What the client threw.</summary>
    public Exception Exception { get; }

    /// <summary>The HTTP status; null if no response arrived.</summary>
    public int? StatusCode { get; }

    /// <summary>The body of an error response, cut to 64 Ki characters; null if there was none.</summary>
    public string? Body { get; }

    /// <summary>The human text of the error (<c>error.message</c>), if the body is JSON of that shape.</summary>
    public string? ErrorMessage
    {
        get
        {
            Parse();
            return _errorMessage;
        }
    }

    /// <summary>The machine's word for the error: <c>error.code</c>, else <c>error.type</c> or <c>error.status</c>.</summary>
    public string? ErrorCode
    {
        get
        {
            Parse();
            return _errorCode;
        }
    }

    /// <summary>A header of the response, or null.</summary>
    /// <param name="name">The header's name, in any letter case.</param>
    public string? Header(string name) => _headers.GetValueOrDefault(name);

    /// <summary>Whether the body of the error, in any letter case, has these words.</summary>
    /// <param name="words">The words.</param>
    public bool Mentions(string words) => Body?.Contains(words, StringComparison.OrdinalIgnoreCase) == true;

    private void Parse()
    {
        if (_parsed || Body is null)
        {
            return;
        }

        _parsed = true;
        try
        {
            using var document = JsonDocument.Parse(Body);
            var root = document.RootElement;

            // Google's streamed errors come as an array of one.
            root = root.ValueKind == JsonValueKind.Array && root.GetArrayLength() > 0 ? root[0] : root;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("error", out var error))
            {
                return;
            }

            _errorMessage = error.ValueKind == JsonValueKind.String ? error.GetString() : Text(error, "message");
            _errorCode = Text(error, "code") ?? Text(error, "type") ?? Text(error, "status");
        }
        catch (Exception e) when (e is JsonException or ArgumentException or InvalidOperationException)
        {
            // A body that is not JSON, or holds half a character, has no fields to read; it stays readable as text.
        }
    }

    private static string? Text(JsonElement element, string property) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
