using System.Globalization;

namespace FlexiAI;

/// <summary>What the channel of a scope tells: a circuit changed its state. It makes the news faster and is never the only way to learn of it.</summary>
/// <param name="Circuit">The circuit's name.</param>
/// <param name="Teller">The process that changed it.</param>
/// <param name="View">
/// Its state when that was told: only what a transition changes, and nothing of how many probes are out. What is left of a break may be less
/// by now.
/// </param>
internal readonly record struct CircuitNews(string Circuit, string Teller, CircuitView View)
{
    /// <summary>
    /// Reads a message: epoch, state, milliseconds of the break, opens, cause, the process that tripped or closed it, the one that changed it now, and
    /// the circuit; a space between them, and those inside them escaped. Anyone may publish anything, so null if it is something else.
    /// </summary>
    public static CircuitNews? Parse(string? message) =>
        message?.Split(' ') is [var epoch, var state, var remaining, var opens, var cause, var by, var teller, var circuit]
        && TryParse(epoch, long.MaxValue, out var began) && TryParse(state, (long)CircuitState.Isolated, out var to)
        && TryParse(remaining, int.MaxValue, out var milliseconds) && TryParse(opens, int.MaxValue, out var times)
            ? new CircuitNews(Uri.UnescapeDataString(circuit), Uri.UnescapeDataString(teller), new CircuitView
            {
                Epoch = began,
                State = (CircuitState)to,
                Remaining = TimeSpan.FromMilliseconds(milliseconds),
                Opens = (int)times,
                Cause = Uri.UnescapeDataString(cause),
                By = Uri.UnescapeDataString(by),
                OtherSettings = "",
            })
            : null;

    private static bool TryParse(string text, long most, out long number) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number <= most;
}
