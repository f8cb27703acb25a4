using System.ClientModel;
using System.ClientModel.Primitives;

namespace FlexiAI;

/// <summary>
/// A deployment of Azure OpenAI, by its <c>/openai/v1</c> endpoint. <see cref="ProviderOptions.Model"/> is the deployment's name,
/// <see cref="ProviderOptions.BaseUrl"/> the resource's endpoint, such as <c>https://my-resource.openai.azure.com</c>. What is not given comes from
/// <c>AZURE_OPENAI_ENDPOINT</c> and <c>AZURE_OPENAI_API_KEY</c>.
/// </summary>
public sealed class AzureOpenAIProvider : OpenAIWireProvider
{
    private const string KeyVariable = "AZURE_OPENAI_API_KEY";
    private const string EndpointVariable = "AZURE_OPENAI_ENDPOINT";

    /// <summary>
    /// Gives the Entra ID access token for each request, instead of a key; asked every time, so it should cache. Default null:
    /// <see cref="ProviderOptions.ApiKey"/> is used. With both, the token is.
    /// </summary>
    public Func<CancellationToken, ValueTask<string>>? TokenProvider { get; set; }

    /// <inheritdoc/>
    public override string Type => "azure-openai";

    /// <inheritdoc/>
    protected override IEnumerable<object?> Identity => [.. base.Identity, TokenProvider];

    /// <inheritdoc/>
    protected override void UseEnvironment(Func<string, string?> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        BaseUrl = string.IsNullOrWhiteSpace(BaseUrl) ? read(EndpointVariable) : BaseUrl;
        if (TokenProvider is null && string.IsNullOrWhiteSpace(ApiKey))
        {
            ApiKey = read(KeyVariable);
        }
    }

    /// <inheritdoc/>
    protected override IEnumerable<string> Validate() => BaseUrl is null
        ? base.Validate().Append($"BaseUrl is null; allowed: the resource's endpoint, an absolute http or https address, here or in {EndpointVariable}.")
        : base.Validate();

    private protected override string? KeyIsMissing =>
        TokenProvider is null ? $"a key, here or in {KeyVariable}, or a TokenProvider" : null;

    private protected override Uri Endpoint
    {
        get
        {
            var url = BaseUrl!.TrimEnd('/');
            return new(url.EndsWith("/openai/v1", StringComparison.OrdinalIgnoreCase) ? url
                : url.EndsWith("/openai", StringComparison.OrdinalIgnoreCase) ? $"{url}/v1"
                : $"{url}/openai/v1");
        }
    }

    private protected override AuthenticationPolicy CreateAuthentication() => TokenProvider is { } token
        ? new AccessTokenPolicy(token)
        : ApiKeyAuthenticationPolicy.CreateHeaderApiKeyPolicy(new ApiKeyCredential(ApiKey!), "api-key");

    private protected override async ValueTask AuthorizeAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (TokenProvider is { } token)
        {
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {await AccessTokenPolicy.GetTokenAsync(token, cancellationToken).ConfigureAwait(false)}");
            return;
        }

        request.Headers.TryAddWithoutValidation("api-key", ApiKey);
    }
}
