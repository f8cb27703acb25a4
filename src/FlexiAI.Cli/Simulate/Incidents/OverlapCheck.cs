using System.Globalization;

namespace FlexiAI.Cli;

/// <summary>Events of one provider may overlap, each hitting its share of the requests; but no request is hit twice.</summary>
internal static class OverlapCheck
{
    private const double Rounding = 1e-9;

    /// <exception cref="InputException">At some time the shares add up to more than all requests.</exception>
    public static void ThrowIfTooMuch(IReadOnlyList<(JsonField Field, Disturbance Event)> events)
    {
        // Shares go evenly from the beginning to the end, so that their sum is largest where an event begins, or just before one ends.
        foreach (var now in events.SelectMany(e => new[] { e.Event.From, e.Event.To - TimeSpan.FromTicks(1) }).Order())
        {
            var on = events.Where(e => e.Event.IsOn(now)).ToList();
            var sum = on.Sum(e => e.Event.ShareAt(now));
            if (on.Count > 1 && sum > 1 + Rounding)
            {
                throw new InputException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{on[^1].Field.File}: {on[^1].Field.Path} overlaps {on[0].Field.Path}, and at {now:hh\\:mm\\:ss} their shares add up to {sum:0.###}; allowed: at most 1."));
            }
        }
    }
}
