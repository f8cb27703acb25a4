using Microsoft.Extensions.AI;

namespace FlexiAI;

/// <summary>Gemini models on Google Cloud's Vertex AI.</summary>
/// <remarks>
/// <para>
/// The credentials are one of <see cref="ServiceAccountFile"/>, <see cref="ServiceAccountJson"/>, <see cref="AccessToken"/> and
/// <see cref="TokenProvider"/>, else the application default credentials (<c>GOOGLE_APPLICATION_CREDENTIALS</c>, the login of gcloud, or
/// the machine's own account), which Google's library looks up once per process. <see cref="ProviderOptions.ApiKey"/> is not used, whatever it is.
/// </para>
/// <para><see cref="ProviderOptions.AcceptsPrefill"/> is false by default: newer models refuse a conversation that ends with the model's turn.</para>
/// </remarks>
public sealed class VertexAIProvider : GoogleProvider
{
    /// <inheritdoc/>
    public override string Type => "vertexai";

    /// <inheritdoc/>
    protected override IEnumerable<object?> Identity =>
        [.. base.Identity, Project, Location, ServiceAccountFile, ServiceAccountJson, AccessToken, TokenProvider];

    /// <summary>The id of the Google Cloud project. Default: <c>GOOGLE_CLOUD_PROJECT</c>.</summary>
    public string? Project { get; set; }

    /// <summary>The region, or <c>global</c>. Default: <c>us-central1</c>.</summary>
    public string Location { get; set; } = "us-central1";

    /// <summary>The path of the JSON key of a service account. Read at the first call. Default: none.</summary>
    public string? ServiceAccountFile { get; set; }

    /// <summary>The JSON key of a service account itself. Default: none.</summary>
    public string? ServiceAccountJson { get; set; }

    /// <summary>An access token. It is not renewed; Google's end after an hour. Default: none.</summary>
    public string? AccessToken { get; set; }

    /// <summary>
    /// Gives an access token, asked before every call and expected to keep it; the token ends the asking. An exception other than an
    /// <see cref="HttpRequestException"/> counts as a failed authentication. Default: none.
    /// </summary>
    public Func<CancellationToken, ValueTask<string>>? TokenProvider { get; set; }

    private protected override string Vendor => "gcp.vertex_ai";

    /// <inheritdoc/>
    protected override IEnumerable<string?> Secrets => [AccessToken, ServiceAccountJson];

    /// <inheritdoc/>
    protected override IEmbeddingGenerator<string, Embedding<float>>? CreateEmbeddingGenerator(HttpClient httpClient) =>
        string.IsNullOrEmpty(EmbeddingModel) ? null : new VertexEmbeddingGenerator(Connect(httpClient), EmbeddingModel, Vendor);

    /// <summary>Takes <see cref="Project"/> from <c>GOOGLE_CLOUD_PROJECT</c>.</summary>
    /// <inheritdoc/>
    protected override void UseEnvironment(Func<string, string?> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        if (string.IsNullOrEmpty(Project))
        {
            Project = read("GOOGLE_CLOUD_PROJECT");
        }
    }

    /// <inheritdoc/>
    protected override IEnumerable<string> Validate()
    {
        foreach (var problem in base.Validate())
        {
            yield return problem;
        }

        if (string.IsNullOrWhiteSpace(Project))
        {
            yield return $"Project is {(Project is null ? "null" : "empty")}; allowed: the id of a Google Cloud project, here or in GOOGLE_CLOUD_PROJECT.";
        }

        // It becomes part of a host name.
        if (string.IsNullOrEmpty(Location) || !Location.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-'))
        {
            yield return $"Location is \"{Location}\"; allowed: a region such as us-central1, or global.";
        }

        if (AccessToken is not null && !IsHeaderText(AccessToken))
        {
            yield return "AccessToken is a text with blanks, line ends or letters beyond ASCII; allowed: an access token of Google's.";
        }

        string?[] credentials = [ServiceAccountFile, ServiceAccountJson, AccessToken, TokenProvider is null ? null : nameof(TokenProvider)];
        var given = credentials.Count(credential => !string.IsNullOrEmpty(credential));
        if (given > 1)
        {
            yield return FormattableString.Invariant(
                $"ServiceAccountFile, ServiceAccountJson, AccessToken and TokenProvider are {given} at once; allowed: one of them, or none.");
        }
    }

    private protected override GoogleConnection Connect(HttpClient httpClient)
    {
        var host = Location == "global" ? "aiplatform.googleapis.com" : $"{Location}-aiplatform.googleapis.com";
        return new GoogleConnection(httpClient, WithVersion(BaseUrl ?? $"https://{host}", "v1"), PathOf, new GoogleTokens(this, httpClient).AuthorizeAsync);
    }

    // "publishers/…" names another publisher's model, "endpoints/…" a tuned one, "projects/…" anything in full.
    private string PathOf(string model)
    {
        var place = $"projects/{Project}/locations/{Location}";
        return model.StartsWith("projects/", StringComparison.Ordinal) ? model
            : model.StartsWith("publishers/", StringComparison.Ordinal) || model.StartsWith("endpoints/", StringComparison.Ordinal) ? $"{place}/{model}"
            : $"{place}/publishers/google/models/{model}";
    }
}
