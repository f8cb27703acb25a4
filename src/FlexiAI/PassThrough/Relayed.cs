namespace FlexiAI;

/// <summary>A relayed request that is being answered, or has been.</summary>
/// <param name="Provider">Who answers.</param>
/// <param name="Run">The request.</param>
/// <param name="Content">A <see cref="RelayedStream"/>, a <see cref="RawReply"/>, a chat response or embeddings.</param>
internal sealed record Relayed(Provider Provider, RequestRun Run, object Content);
