using FlexiAI.Testing;

namespace FlexiAI.Cli;

/// <summary>The switches by which the page lets simulated providers fail.</summary>
internal sealed class SimulatedFaults(SimulatedProviders simulated) : IFaultSwitch
{
    private readonly HashSet<string> _failing = new(StringComparer.OrdinalIgnoreCase);
    private readonly Lock _gate = new();

    public IReadOnlyList<string> Providers => [.. SimulatedProviders.Entries.Select(entry => entry.Name!)];

    public bool IsFailing(string provider)
    {
        lock (_gate)
        {
            return _failing.Contains(provider);
        }
    }

    public void Fail(string provider)
    {
        lock (_gate)
        {
            _failing.Add(provider);
            simulated.Play(provider, Fault.Overloaded());
        }
    }

    public void Release(string provider)
    {
        lock (_gate)
        {
            _failing.Remove(provider);
            simulated.Play(provider, null);
        }
    }
}
