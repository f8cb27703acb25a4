using System.Globalization;
using Anthropic;
using Anthropic.Core;
using Anthropic.Models.Messages;
using Microsoft.Extensions.AI;

namespace FlexiAI;

/// <summary>A Claude model, by Anthropic's Messages API. The key comes from <c>ANTHROPIC_API_KEY</c> if none is given.</summary>
public sealed class AnthropicProvider : ProviderOptions
{
    private const string KeyVariable = "ANTHROPIC_API_KEY";
    private const string DefaultBaseUrl = "https://api.anthropic.com";
    private const string DefaultVersion = "2023-06-01";

    // The SDK wants a limit and sends it along; the engine's own ends long before.
    private static readonly TimeSpan Never = TimeSpan.FromDays(7);

    private static readonly string[] ModelsWithSampling =
    [
        "claude-3",
        "claude-opus-4-0", "claude-opus-4-1", "claude-opus-4-2025", "claude-opus-4-5", "claude-opus-4-6",
        "claude-sonnet-4",
        "claude-haiku-4",
    ];

    /// <summary>Makes an entry that accepts prefill; newer models that refuse it want <see cref="ProviderOptions.AcceptsPrefill"/> set to false.</summary>
    public AnthropicProvider() => AcceptsPrefill = true;

    /// <summary>
    /// The limit of output tokens of requests that name none: the API requires one. 1 and above; default 4096.
    /// </summary>
    public int DefaultMaxOutputTokens { get; set; } = 4096;

    /// <summary>
    /// Whether a caller's <see cref="ChatOptions.Reasoning"/> is sent as extended thinking with a budget of tokens, which models want that
    /// predate adaptive thinking. Default false: adaptive.
    /// </summary>
    public bool UseExtendedThinking { get; set; }

    /// <summary>
    /// Whether <see cref="ChatOptions.Temperature"/>, <see cref="ChatOptions.TopP"/> and <see cref="ChatOptions.TopK"/> are sent. Default null:
    /// to models up to generation 4.6, since later ones answer them with an error.
    /// </summary>
    public bool? SendSampling { get; set; }

    /// <summary>Beta features for every request, their names separated by commas: the header <c>anthropic-beta</c>. Default null: none.</summary>
    public string? Beta { get; set; }

    /// <inheritdoc/>
    public override string Type => "anthropic";

    /// <inheritdoc/>
    protected override IEnumerable<object?> Identity => [DefaultMaxOutputTokens, UseExtendedThinking, SendSampling, Beta];

    /// <inheritdoc/>
    protected override IChatClient CreateChatClient(HttpClient httpClient)
    {
        var options = new ClientOptions
        {
            ApiKey = ApiKey,
            BaseUrl = Origin(BaseUrl ?? DefaultBaseUrl),
            HttpClient = httpClient,
            MaxRetries = 0,
            Timeout = Never,
        };
        if (!string.IsNullOrWhiteSpace(Beta))
        {
            options = options with { ExtraHeaders = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["anthropic-beta"] = Beta } };
        }

        var client = new AnthropicClient(options).AsIChatClient(
            Model, DefaultMaxOutputTokens, UseExtendedThinking ? AnthropicThinkingMode.Extended : AnthropicThinkingMode.Adaptive);
        return SendSampling ?? ModelsWithSampling.Any(prefix => Model.StartsWith(prefix, StringComparison.Ordinal))
            ? new SamplingChatClient(client, Model, DefaultMaxOutputTokens)
            : client;
    }

    /// <inheritdoc/>
    protected override ProviderWire? CreateWire() => new(WireFormat.Anthropic, new Uri($"{Origin(BaseUrl ?? DefaultBaseUrl)}/v1"), AuthorizeAsync);

    /// <inheritdoc/>
    protected override bool BeginsToolCall(ChatResponseUpdate update) =>
        update?.RawRepresentation is RawMessageStreamEvent raw
        && raw.TryPickContentBlockStart(out var start)
        && !(start.ContentBlock.TryPickText(out _) || start.ContentBlock.TryPickThinking(out _) || start.ContentBlock.TryPickRedactedThinking(out _));

    // The message's start tells the input; the client adds it to the output, which only its end tells.
    /// <inheritdoc/>
    protected override UsageDetails? ReadUsage(ChatResponseUpdate first, ChatResponseUpdate last) =>
        first?.RawRepresentation is RawMessageStreamEvent raw && raw.TryPickStart(out var start) && start.Message.Usage is { } usage
            ? new UsageDetails
            {
                InputTokenCount = usage.InputTokens + (usage.CacheCreationInputTokens ?? 0) + (usage.CacheReadInputTokens ?? 0),
                CachedInputTokenCount = usage.CacheReadInputTokens,
            }
            : null;

    /// <inheritdoc/>
    protected override FailureKind Classify(FailureEvidence evidence)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        evidence = AnthropicFailures.OpenEvent(evidence);
        return AnthropicFailures.Find(evidence) ?? base.Classify(evidence);
    }

    /// <inheritdoc/>
    protected override void UseEnvironment(Func<string, string?> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        ApiKey = string.IsNullOrWhiteSpace(ApiKey) ? read(KeyVariable) : ApiKey;
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
            yield return $"ApiKey is empty; allowed: a key, here or in {KeyVariable}.";
        }
        else if (!ApiKey.All(c => c is > ' ' and <= '~'))
        {
            yield return "ApiKey has a character that an HTTP header cannot carry; allowed: visible ASCII, no line break.";
        }

        if (DefaultMaxOutputTokens < 1)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"DefaultMaxOutputTokens is {DefaultMaxOutputTokens}; allowed: 1 and above.");
        }
    }

    private ValueTask AuthorizeAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.TryAddWithoutValidation("x-api-key", ApiKey);
        if (!request.Headers.NonValidated.Contains("anthropic-version"))
        {
            request.Headers.TryAddWithoutValidation("anthropic-version", DefaultVersion);
        }

        // Beside those that the caller asks for; the API takes several headers as one list.
        if (!string.IsNullOrWhiteSpace(Beta))
        {
            request.Headers.TryAddWithoutValidation("anthropic-beta", Beta);
        }

        return default;
    }

    // The SDK adds the version to the path itself; addresses are often written with it.
    private static string Origin(string url)
    {
        url = url.TrimEnd('/');
        return url.EndsWith("/v1", StringComparison.OrdinalIgnoreCase) ? url[..^"/v1".Length] : url;
    }
}
