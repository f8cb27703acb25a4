namespace FlexiAI;

/// <summary>What a provider's client came back with. A failure is a value here: throwing it once more on each way up would cost more than the rest.</summary>
internal readonly record struct Outcome<T>(T? Result, Exception? Failure)
{
    public static implicit operator Outcome<T>(T result) => new(result, null);

    public static implicit operator Outcome<T>(Exception failure) => new(default, failure);
}
