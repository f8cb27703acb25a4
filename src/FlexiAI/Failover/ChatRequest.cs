using Microsoft.Extensions.AI;

namespace FlexiAI;

/// <summary>A chat request as the caller made it, and as each provider is to see it.</summary>
internal readonly struct ChatRequest
{
    private readonly ChatOptions? _options;

    /// <exception cref="ArgumentException">There is no message.</exception>
    public ChatRequest(IEnumerable<ChatMessage> messages, ChatOptions? options, float? defaultTemperature, int? defaultMaxOutputTokens)
    {
        ArgumentNullException.ThrowIfNull(messages);

        // Several providers may read them: a sequence that can be read only once is read now.
        Messages = messages as IReadOnlyList<ChatMessage> ?? [.. messages];
        if (Messages.Count == 0)
        {
            throw new ArgumentException("messages is empty; allowed: at least one message.", nameof(messages));
        }

        for (var i = 0; i < Messages.Count; i++)
        {
            _ = Messages[i] ?? throw new ArgumentException($"messages[{i}] is null; allowed: a message.", nameof(messages));
        }

        _options = WithDefaults(options, defaultTemperature, defaultMaxOutputTokens);
    }

    public IReadOnlyList<ChatMessage> Messages { get; }

    /// <summary>The caller's own options, untouched, unless they would not reach the entry's model.</summary>
    public ChatOptions? OptionsFor(Provider provider)
    {
        // A client made for the entry asks for the entry's model by itself.
        if (provider.Model is null || _options?.ModelId == provider.Model || (_options?.ModelId is null && provider.Options.UsesHttp))
        {
            return _options;
        }

        var options = _options?.Clone() ?? new ChatOptions();
        options.ModelId = provider.Model;
        return options;
    }

    private static ChatOptions? WithDefaults(ChatOptions? options, float? temperature, int? maxOutputTokens)
    {
        var lacksTemperature = temperature is not null && options?.Temperature is null;
        var lacksTokens = maxOutputTokens is not null && options?.MaxOutputTokens is null;
        if (!lacksTemperature && !lacksTokens)
        {
            return options;
        }

        var filled = options?.Clone() ?? new ChatOptions();
        filled.Temperature ??= temperature;
        filled.MaxOutputTokens ??= maxOutputTokens;
        return filled;
    }
}
