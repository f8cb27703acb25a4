using Microsoft.Extensions.AI;

namespace FlexiAI;

/// <summary>Google's Gemini API, with a key from Google AI Studio.</summary>
/// <remarks>
/// <see cref="ProviderOptions.AcceptsPrefill"/> is false by default: newer models refuse a conversation that ends with the model's turn.
/// </remarks>
public sealed class GeminiProvider : GoogleProvider
{
    /// <inheritdoc/>
    public override string Type => "gemini";

    private protected override string Vendor => "gcp.gemini";

    /// <inheritdoc/>
    protected override IEmbeddingGenerator<string, Embedding<float>>? CreateEmbeddingGenerator(HttpClient httpClient) =>
        string.IsNullOrEmpty(EmbeddingModel) ? null : new GeminiEmbeddingGenerator(Connect(httpClient), EmbeddingModel, Vendor);

    /// <summary>Takes <see cref="ProviderOptions.ApiKey"/> from <c>GEMINI_API_KEY</c>, else from <c>GOOGLE_API_KEY</c>.</summary>
    /// <inheritdoc/>
    protected override void UseEnvironment(Func<string, string?> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        if (string.IsNullOrEmpty(ApiKey))
        {
            ApiKey = read("GEMINI_API_KEY") is { Length: > 0 } key ? key : read("GOOGLE_API_KEY");
        }
    }

    /// <inheritdoc/>
    protected override IEnumerable<string> Validate()
    {
        foreach (var problem in base.Validate())
        {
            yield return problem;
        }

        if (string.IsNullOrWhiteSpace(ApiKey))
        {
            yield return $"ApiKey is {(ApiKey is null ? "null" : "empty")}; allowed: a key of the Gemini API, here or in GEMINI_API_KEY.";
        }
        else if (!IsHeaderText(ApiKey))
        {
            yield return "ApiKey is a text with blanks, line ends or letters beyond ASCII; allowed: a key of the Gemini API.";
        }
    }

    private protected override GoogleConnection Connect(HttpClient httpClient) => new(
        httpClient,
        WithVersion(BaseUrl ?? "https://generativelanguage.googleapis.com", "v1beta"),
        PathOf,
        (request, _) =>
        {
            request.Headers.TryAddWithoutValidation("x-goog-api-key", ApiKey);
            return ValueTask.CompletedTask;
        });

    // "tunedModels/mine" is a path of its own.
    private static string PathOf(string model) => model.Contains('/') ? model : $"models/{model}";
}
