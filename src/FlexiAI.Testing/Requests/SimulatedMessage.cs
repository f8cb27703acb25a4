namespace FlexiAI.Testing;

/// <summary>A message of the conversation in a request, read from the wire.</summary>
/// <param name="Role">The role in the wire's own word: <c>system</c>, <c>user</c>, <c>assistant</c>, <c>model</c>, <c>tool</c>.</param>
/// <param name="Text">All its text; empty when it has none.</param>
public sealed record SimulatedMessage(string Role, string Text);
