using System.Globalization;

namespace FlexiAI.Testing;

/// <summary>
/// A way for a <see cref="SimulatedProvider"/> to fail. Made by the static methods, combined by the others, and played when the
/// provider's <see cref="SimulatedProvider.Faults"/> say so. Immutable.
/// </summary>
public sealed partial class Fault
{
    private Fault(string description) => Description = description;

    /// <summary>The fault in words, as <see cref="SimulatedRequest.Fault"/> shows it.</summary>
    public string Description { get; private init; }

    internal TimeSpan DelayBeforeHeaders { get; private init; }

    internal IReadOnlyList<KeyValuePair<string, string>> Headers { get; private init; } = [];

    /// <summary>What is sent instead of an answer; none when the answer is only played differently.</summary>
    internal Func<Exchange, Task>? Instead { get; private init; }

    internal PlayPlan Plan { get; private init; } = PlayPlan.Faithful;

    /// <summary>The answer comes, but its headers come late.</summary>
    /// <param name="delay">How late, on the provider's clock; not negative.</param>
    /// <returns>The fault.</returns>
    public static Fault Delay(TimeSpan delay) => new Fault("answer").AfterDelay(delay);

    /// <summary>The same fault, later.</summary>
    /// <param name="delay">Time before the first byte of the reply, or before the reset, on the provider's clock; not negative.</param>
    /// <returns>A new fault.</returns>
    public Fault AfterDelay(TimeSpan delay)
    {
        RejectNegative(delay, nameof(delay));
        return new Fault($"{Description} after {delay.TotalSeconds.ToString(CultureInfo.InvariantCulture)} s")
        {
            DelayBeforeHeaders = delay,
            Headers = Headers,
            Instead = Instead,
            Plan = Plan,
        };
    }

    /// <summary>The same fault with one more response header, such as <c>retry-after-ms</c>. It replaces one of that name, and has no effect where the fault sends no headers of its own.</summary>
    /// <param name="name">The header's name.</param>
    /// <param name="value">Its value.</param>
    /// <returns>A new fault.</returns>
    public Fault WithHeader(string name, string value)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(value);
        return new Fault(Description)
        {
            DelayBeforeHeaders = DelayBeforeHeaders,
            Headers = [.. Headers, KeyValuePair.Create(name, value)],
            Instead = Instead,
            Plan = Plan,
        };
    }

    /// <summary>The same fault with a pause before each token; without effect where no token is sent.</summary>
    /// <param name="delay">The pause, on the provider's clock; not negative.</param>
    /// <returns>A new fault.</returns>
    public Fault WithTokenDelay(TimeSpan delay)
    {
        RejectNegative(delay, nameof(delay));
        return With(Plan with { TokenDelay = delay, FirstTokenDelay = Plan.FirstTokenDelay > delay ? Plan.FirstTokenDelay : delay });
    }

    /// <summary>The <see cref="Description"/>.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Description;

    private Fault With(PlayPlan plan) =>
        new(Description) { DelayBeforeHeaders = DelayBeforeHeaders, Headers = Headers, Instead = Instead, Plan = plan };

    private static void RejectNegative(TimeSpan delay, string name) =>
        ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero, name);
}
