using System.Text.Json;
using Anthropic.Models.Messages;
using Microsoft.Extensions.AI;

namespace FlexiAI;

/// <summary>
/// Sends <c>temperature</c>, <c>top_p</c> and <c>top_k</c> to models that take them: the SDK, made for models that refuse them, has no
/// property for them.
/// </summary>
internal sealed class SamplingChatClient(IChatClient inner, string model, int defaultMaxOutputTokens) : DelegatingChatClient(inner)
{
    public override Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        base.GetResponseAsync(messages, AddSampling(options), cancellationToken);

    public override IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        base.GetStreamingResponseAsync(messages, AddSampling(options), cancellationToken);

    private ChatOptions? AddSampling(ChatOptions? options)
    {
        if (options is not { Temperature: not null } and not { TopP: not null } and not { TopK: not null })
        {
            return options;
        }

        // The options are the caller's: only a copy may change.
        var sampled = options.Clone();
        var create = options.RawRepresentationFactory;
        sampled.RawRepresentationFactory = client => Create(create?.Invoke(client), options);
        return sampled;
    }

    private object Create(object? callers, ChatOptions options)
    {
        if (callers is not (null or MessageCreateParams))
        {
            return callers;
        }

        var raw = callers as MessageCreateParams ?? new MessageCreateParams
        {
            Model = options.ModelId ?? model,
            MaxTokens = options.MaxOutputTokens ?? defaultMaxOutputTokens,
            Messages = [],
        };
        var body = new Dictionary<string, JsonElement>(raw.RawBodyData, StringComparer.Ordinal);
        Add("temperature", options.Temperature);
        Add("top_p", options.TopP);
        Add("top_k", options.TopK);
        return MessageCreateParams.FromRawUnchecked(raw.RawHeaderData, raw.RawQueryData, body);

        void Add<T>(string name, T? value)
            where T : struct
        {
            if (value is { } given)
            {
                body.TryAdd(name, JsonSerializer.SerializeToElement(given));
            }
        }
    }
}
