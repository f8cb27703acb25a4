using System.ClientModel;
using System.ClientModel.Primitives;

namespace FlexiAI;

/// <summary>A model of OpenAI's, by the Chat Completions API. The key comes from <c>OPENAI_API_KEY</c> if none is given.</summary>
public sealed class OpenAIProvider : OpenAIWireProvider
{
    private const string KeyVariable = "OPENAI_API_KEY";
    private const string DefaultBaseUrl = "https://api.openai.com/v1";

    /// <summary>The id of the organisation that pays, for keys of several. Default null: the key's own.</summary>
    public string? Organization { get; set; }

    /// <summary>The id of the project that pays, for keys of several. Default null: the key's own.</summary>
    public string? Project { get; set; }

    /// <inheritdoc/>
    public override string Type => "openai";

    /// <inheritdoc/>
    protected override IEnumerable<object?> Identity => [.. base.Identity, Organization, Project];

    /// <inheritdoc/>
    protected override void UseEnvironment(Func<string, string?> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        ApiKey = string.IsNullOrWhiteSpace(ApiKey) ? read(KeyVariable) : ApiKey;
    }

    private protected override string? KeyIsMissing => $"a key, here or in {KeyVariable}";

    private protected override Uri Endpoint => new((BaseUrl ?? DefaultBaseUrl).TrimEnd('/'));

    private protected override AuthenticationPolicy CreateAuthentication() =>
        ApiKeyAuthenticationPolicy.CreateBearerAuthorizationPolicy(new ApiKeyCredential(ApiKey!));

    private protected override ValueTask AuthorizeAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Add("OpenAI-Organization", Organization);
        Add("OpenAI-Project", Project);
        return base.AuthorizeAsync(request, cancellationToken);

        void Add(string header, string? value)
        {
            if (!string.IsNullOrEmpty(value))
            {
                request.Headers.TryAddWithoutValidation(header, value);
            }
        }
    }

    private protected override OpenAIClients CreateClients(HttpClient httpClient) =>
        new(httpClient, Endpoint, CreateAuthentication()) { Organization = Organization, Project = Project };
}
