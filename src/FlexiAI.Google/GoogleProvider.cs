using System.Text.Json;
using Microsoft.Extensions.AI;

namespace FlexiAI;

/// <summary>What <see cref="GeminiProvider"/> and <see cref="VertexAIProvider"/> have in common: one wire format, two ways to it.</summary>
/// <remarks>
/// A <see cref="ChatOptions.RawRepresentationFactory"/> that returns a <see cref="System.Text.Json.Nodes.JsonObject"/> gives the body to
/// which the rest is added; replies have a <see cref="System.Text.Json.JsonElement"/> as their raw representation.
/// </remarks>
public abstract class GoogleProvider : ProviderOptions
{
    private protected GoogleProvider()
    {
    }

    /// <summary>The model for embeddings, such as <c>gemini-embedding-001</c>. Default null: the entry offers none.</summary>
    public string? EmbeddingModel { get; set; }

    /// <summary>
    /// How many tokens the model may think: 0 for none, -1 for as many as it finds right. Default null: the model's own. A request that
    /// sets its own reasoning effort overrides it. Models before Gemini 2.5 refuse it.
    /// </summary>
    public int? ThinkingBudget { get; set; }

    /// <summary>
    /// Thresholds of the content filters by category, such as <c>HARM_CATEGORY_HARASSMENT</c> and <c>BLOCK_ONLY_HIGH</c>.
    /// Default: none, which leaves all at Google's own.
    /// </summary>
    public Dictionary<string, string> SafetySettings { get; set; } = [];

    /// <inheritdoc/>
    protected override IEnumerable<object?> Identity =>
    [
        EmbeddingModel,
        ThinkingBudget,
        .. SafetySettings.OrderBy(setting => setting.Key, StringComparer.Ordinal).Cast<object?>(),
    ];

    /// <inheritdoc/>
    protected override IChatClient CreateChatClient(HttpClient httpClient)
    {
        var safety = SafetySettings.Select(setting => new GeminiSafetySetting(setting.Key, setting.Value)).ToList();
        return new GeminiChatClient(
            Connect(httpClient), Model, new GeminiSettings(safety.Count > 0 ? safety : null, ThinkingBudget), Vendor);
    }

    // Every event repeats the counts so far.
    /// <inheritdoc/>
    protected override UsageDetails? ReadUsage(ChatResponseUpdate first, ChatResponseUpdate last) =>
        last?.RawRepresentation is JsonElement { ValueKind: JsonValueKind.Object } raw
            ? ContentReader.Usage(raw.Deserialize(GoogleJson.Default.GeminiResponse)?.UsageMetadata)
            : null;

    /// <inheritdoc/>
    protected override FailureKind Classify(FailureEvidence evidence)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        var told = GoogleFailures.AsTold(evidence);
        return GoogleFailures.KindOf(told) ?? base.Classify(told);
    }

    /// <inheritdoc/>
    protected override IEnumerable<string> Validate()
    {
        foreach (var problem in base.Validate())
        {
            yield return problem;
        }

        if (ThinkingBudget < -1)
        {
            yield return FormattableString.Invariant($"ThinkingBudget is {ThinkingBudget}; allowed: -1 and above, or none.");
        }
    }

    // A line end left over from a file is the usual mistake; HTTP would refuse it at each call.
    internal static bool IsHeaderText(string text) => text.All(letter => letter is > ' ' and <= '~');

    private protected abstract string Vendor { get; }

    private protected abstract GoogleConnection Connect(HttpClient httpClient);

    // Google's own libraries name the address without a version; many people name it with one.
    private protected static string WithVersion(string root, string version)
    {
        root = root.TrimEnd('/');
        var last = root[(root.LastIndexOf('/') + 1)..];
        return last.Length >= 2 && last[0] == 'v' && char.IsAsciiDigit(last[1]) && !last.Contains('.') ? root : $"{root}/{version}";
    }
}
