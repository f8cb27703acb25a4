namespace FlexiAI.Testing;

/// <summary>A call of a tool that a simulated model asks for.</summary>
/// <param name="Name">The tool's name.</param>
/// <param name="ArgumentsJson">Its arguments, a JSON object as text. Default: <c>{}</c>.</param>
/// <param name="Id">The call's id. Default: made from the request's number, in the wire's own form.</param>
public sealed record SimulatedToolCall(string Name, string ArgumentsJson = "{}", string? Id = null);
