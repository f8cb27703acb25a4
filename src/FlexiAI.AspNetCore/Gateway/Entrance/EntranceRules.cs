namespace FlexiAI;

/// <summary>How an endpoint of the gateway is entered; metadata of the endpoint.</summary>
internal sealed class EntranceRules
{
    /// <summary>Who may enter. An endpoint that is only limited is not open for that.</summary>
    public AccessLevel Access { get; set; } = AccessLevel.Client;

    /// <summary>Whether the request counts against the limit of those that run at once.</summary>
    public bool IsLimited { get; set; }

    /// <summary>Whether the endpoint's delegate has the entrance before it.</summary>
    public bool IsGuarded { get; set; }
}
