namespace FlexiAI.Cli;

/// <summary>The user's input is wrong. The message names the field, its value and what is allowed; it is all the user sees.</summary>
internal sealed class InputException(string message) : Exception(message);
