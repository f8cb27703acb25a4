using System.Net.NetworkInformation;
using FlexiAI.Testing;

namespace FlexiAI.Tests;

/// <summary>Two simulated providers of one wire, and what is open between them and this process's clients.</summary>
internal sealed class Wall : IAsyncDisposable
{
    private readonly SimulatedWire _wire;

    private Wall(SimulatedWire wire, SimulatedProvider primary, SimulatedProvider backup) => (_wire, Primary, Backup) = (wire, primary, backup);

    public SimulatedProvider Primary { get; }

    public SimulatedProvider Backup { get; }

    public int RequestsUnderWay => Primary.RequestsUnderWay + Backup.RequestsUnderWay;

    public int OpenConnections => Primary.OpenConnections + Backup.OpenConnections;

    public int Requests => Primary.Requests.Count + Backup.Requests.Count;

    /// <summary>The clients' sockets, as the operating system counts them: connected, or left open when the provider had closed.</summary>
    public int Sockets => IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpConnections().Count(connection =>
        connection.State is TcpState.Established or TcpState.CloseWait
        && (connection.RemoteEndPoint.Port == new Uri(Primary.Origin).Port || connection.RemoteEndPoint.Port == new Uri(Backup.Origin).Port));

    public static async Task<Wall> StartAsync(SimulatedWire wire, CancellationToken test)
    {
        var options = new SimulatedProviderOptions { Answer = Behaviours.Answer };
        var wall = new Wall(wire, await SimulatedProvider.StartAsync(wire, options, test), await SimulatedProvider.StartAsync(wire, options, test));
        Behaviours.Play(wall.Primary, wall.Backup);
        return wall;
    }

    /// <summary>An entry for one of the two.</summary>
    public ProviderOptions Entry(SimulatedProvider provider)
    {
        ProviderOptions entry = _wire switch
        {
            SimulatedWire.OpenAI => new OpenAIProvider { Model = "gpt-4o-mini" },
            SimulatedWire.Anthropic => new AnthropicProvider { Model = "claude-3-5-haiku-20241022" },
            _ => new GeminiProvider { Model = "gemini-2.0-flash" },
        };
        (entry.Name, entry.Priority) = provider == Primary ? ("primary", 1) : ("backup", 2);
        (entry.BaseUrl, entry.ApiKey, entry.ConnectTimeout) = (provider.BaseUrl, "a-key", TimeSpan.FromSeconds(30));
        return entry;
    }

    public async ValueTask DisposeAsync()
    {
        await Primary.DisposeAsync();
        await Backup.DisposeAsync();
    }
}
