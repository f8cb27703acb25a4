namespace FlexiAI;

/// <summary>An entry's client could not be made: the entry cannot be used as configured.</summary>
internal sealed class ClientCreationException(Exception cause) : Exception(cause.Message, cause);
