using System.ClientModel;
using System.ClientModel.Primitives;
using Microsoft.Extensions.AI;

namespace FlexiAI;

/// <summary>
/// Any server that speaks OpenAI's Chat Completions: Ollama, vLLM, Groq, DeepSeek, Mistral, OpenRouter and others.
/// <see cref="ProviderOptions.BaseUrl"/> is required; a key only where the server wants one, and never taken from the environment: a key of
/// OpenAI's must not reach another vendor.
/// </summary>
public sealed partial class OpenAICompatibleProvider : OpenAIWireProvider
{
    /// <summary>
    /// Whether the limit of output tokens is sent as <c>max_tokens</c> instead of <c>max_completion_tokens</c>, which older servers
    /// do not know. Default false.
    /// </summary>
    public bool UseMaxTokens { get; set; }

    /// <inheritdoc/>
    public override string Type => "openai-compatible";

    /// <inheritdoc/>
    protected override IEnumerable<object?> Identity => [.. base.Identity, UseMaxTokens];

    /// <inheritdoc/>
    protected override IChatClient CreateChatClient(HttpClient httpClient)
    {
        var client = base.CreateChatClient(httpClient);
        return UseMaxTokens ? new MaxTokensChatClient(client) : client;
    }

    /// <inheritdoc/>
    protected override IEnumerable<string> Validate() => BaseUrl is null
        ? base.Validate().Append("BaseUrl is null; allowed: an absolute http or https address.")
        : base.Validate();

    private protected override string? KeyIsMissing => null;

    private protected override Uri Endpoint => new(BaseUrl!.TrimEnd('/'));

    private protected override AuthenticationPolicy CreateAuthentication() => string.IsNullOrWhiteSpace(ApiKey)
        ? new NoAuthenticationPolicy()
        : ApiKeyAuthenticationPolicy.CreateBearerAuthorizationPolicy(new ApiKeyCredential(ApiKey));
}
