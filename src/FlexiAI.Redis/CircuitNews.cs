using System.Globalization;

namespace FlexiAI;

/// <summary>What the channel of a scope tells: a circuit changed its state. A hint to read it sooner, never the only way to learn of it.</summary>
/// <param name="Circuit">The circuit's name.</param>
/// <param name="Epoch">The epoch that began.</param>
internal readonly record struct CircuitNews(string Circuit, long Epoch)
{
    /// <summary>Reads a message: the epoch, a space, the name. Anyone may publish anything, so null if it is something else.</summary>
    public static CircuitNews? Parse(string? message) =>
        message?.IndexOf(' ', StringComparison.Ordinal) is int space and > 0
        && long.TryParse(message.AsSpan(0, space), NumberStyles.None, CultureInfo.InvariantCulture, out var epoch)
            ? new CircuitNews(message[(space + 1)..], epoch)
            : null;
}
