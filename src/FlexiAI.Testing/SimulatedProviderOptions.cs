namespace FlexiAI.Testing;

/// <summary>How a <see cref="SimulatedProvider"/> begins. Everything has a default.</summary>
public sealed class SimulatedProviderOptions
{
    /// <summary>The name, which also seeds the ids in its replies. Default: the wire's name in lower case.</summary>
    public string? Name { get; set; }

    /// <summary>The text of every answer. Default: <c>Hello from</c> and the name. Can be changed while the provider runs.</summary>
    public string? Answer { get; set; }

    /// <summary>Makes the answer from the request; when set, <see cref="Answer"/> is not used. Default: none.</summary>
    public Func<SimulatedRequest, SimulatedAnswer>? Responder { get; set; }

    /// <summary>The one model that exists; a request for another is answered as the vendor answers for an unknown model. Default: any model.</summary>
    public string? Model { get; set; }

    /// <summary>The only key or token accepted. Default: any, even none.</summary>
    public string? RequiredApiKey { get; set; }

    /// <summary>What happens to a conversation that ends with an assistant message. Default: what the vendor does.</summary>
    public SimulatedPrefill Prefill { get; set; }

    /// <summary>Length of an embedding when the request names none, at least 1. Default: 1536.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Set to less than 1.</exception>
    public int EmbeddingDimensions
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = 1536;

    /// <summary>The clock of every delay, outage and timestamp. Default: <see cref="TimeProvider.System"/>.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>The loopback port, 0 to 65535. Default: 0, a free one.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Set to less than 0 or more than 65535.</exception>
    public int Port
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 0);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 65535);
            field = value;
        }
    }
}
