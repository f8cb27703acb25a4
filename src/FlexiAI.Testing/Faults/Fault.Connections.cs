using Microsoft.AspNetCore.Http;

namespace FlexiAI.Testing;

public sealed partial class Fault
{
    /// <summary>The request is read and never answered, until the client goes away or the provider stops.</summary>
    /// <returns>The fault.</returns>
    public static Fault Silence() => new("silence") { Instead = exchange => exchange.SilenceAsync() };

    /// <summary>The connection is reset (TCP RST) before a byte of the reply.</summary>
    /// <returns>The fault.</returns>
    public static Fault Reset() => new("reset") { Instead = exchange => exchange.ResetAsync() };

    /// <summary>A reply of your own, written to the HTTP context. The request counts as broken.</summary>
    /// <param name="description">The fault in words.</param>
    /// <param name="reply">Writes the reply; <see cref="HttpContext.RequestAborted"/> is cancelled when the client goes away or the provider stops.</param>
    /// <returns>The fault.</returns>
    public static Fault Custom(string description, RequestDelegate reply)
    {
        ArgumentException.ThrowIfNullOrEmpty(description);
        ArgumentNullException.ThrowIfNull(reply);
        return new Fault(description) { Instead = exchange => exchange.SendCustomAsync(reply) };
    }
}
