using System.Net;
using System.Net.Sockets;

namespace FlexiAI.Tests;

/// <summary>A host that takes connections and never says a word: TLS with it does not come to an end.</summary>
internal sealed class SilentHost : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly TaskCompletionSource _spokenTo = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _hungUpOn = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public SilentHost()
    {
        _listener.Start();
        _ = ListenAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Its address, by a name that is to be looked up.</summary>
    public string Https => $"https://localhost:{Port}";

    /// <summary>Ends when a client has connected and sent something.</summary>
    public Task SpokenTo(CancellationToken stop) => _spokenTo.Task.WaitAsync(stop);

    /// <summary>Ends when the first client has closed its connection.</summary>
    public Task HungUpOn(CancellationToken stop) => _hungUpOn.Task.WaitAsync(stop);

    public void Dispose() => _listener.Dispose();

    private async Task ListenAsync()
    {
        using var socket = await _listener.AcceptSocketAsync();
        var buffer = new byte[4096];
        try
        {
            while (await socket.ReceiveAsync(buffer) > 0)
            {
                _spokenTo.TrySetResult();
            }
        }
        catch (SocketException)
        {
            // Closed the hard way.
        }

        _hungUpOn.TrySetResult();
    }
}
