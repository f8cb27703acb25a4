namespace FlexiAI;

/// <summary>Tells listeners. What they throw is theirs, and changes no request.</summary>
internal static class Listening
{
    public static TResult? Safely<TState, TResult>(Func<TState, TResult> tell, TState state)
    {
        try
        {
            return tell(state);
        }
        catch (Exception)
        {
            // The listener's own failure.
            return default;
        }
    }

    public static KeyValuePair<string, object?> Tag(string name, object? value) => new(name, value);
}
