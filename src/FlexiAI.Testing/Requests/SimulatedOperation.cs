namespace FlexiAI.Testing;

/// <summary>What a request asked a <see cref="SimulatedProvider"/> for.</summary>
public enum SimulatedOperation
{
    /// <summary>A path that the wire does not have.</summary>
    Unknown,

    /// <summary>An answer of a chat model, streamed or not.</summary>
    Chat,

    /// <summary>Embeddings.</summary>
    Embeddings,

    /// <summary>The list of models.</summary>
    Models,

    /// <summary>An OAuth access token (Google).</summary>
    Token,
}
