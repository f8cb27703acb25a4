namespace FlexiAI;

/// <summary>Makes simulated providers fail and heals them. A service only where providers are simulated; its names are theirs, exactly.</summary>
internal interface IFaultSwitch
{
    /// <summary>The names of the entries that are simulated.</summary>
    IReadOnlyList<string> Providers { get; }

    /// <summary>Whether a simulated provider fails now.</summary>
    bool IsFailing(string provider);

    /// <summary>Lets a simulated provider fail until it is released.</summary>
    void Fail(string provider);

    /// <summary>Heals a simulated provider.</summary>
    void Release(string provider);
}
