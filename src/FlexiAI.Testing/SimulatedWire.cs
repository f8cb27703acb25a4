namespace FlexiAI.Testing;

/// <summary>The wire format that a <see cref="SimulatedProvider"/> speaks.</summary>
public enum SimulatedWire
{
    /// <summary>
    /// OpenAI: chat completions, embeddings and models, also under the path and header of Azure OpenAI (<c>/openai/v1</c>, <c>api-key</c>)
    /// and of any OpenAI-compatible server.
    /// </summary>
    OpenAI,

    /// <summary>Anthropic: the Messages API.</summary>
    Anthropic,

    /// <summary>Google: <c>generateContent</c> with the paths of the Gemini API and of Vertex AI, and an OAuth token endpoint.</summary>
    Google,
}
