using Garnet;

namespace FlexiAI.Tests;

/// <summary>Garnet inside the process of the tests, the second engine that speaks Redis.</summary>
internal sealed class GarnetInProcess : IDisposable
{
    private readonly GarnetServer _server;

    private GarnetInProcess(int port)
    {
        Port = port;

        // Without the transaction mode its scripts are not atomic.
        string[] arguments =
        [
            "--port", $"{port}", "--bind", "127.0.0.1", "--lua", "--lua-transaction-mode", "true", "-q", "true", "--memory", "64m", "--index", "1m",
        ];
        _server = new GarnetServer(arguments);
        _server.Start();
    }

    public int Port { get; }

    public string Endpoint => $"127.0.0.1:{Port}";

    public static GarnetInProcess Start()
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return new GarnetInProcess(FreePort.Find());
            }
            catch (Exception) when (attempt < 3)
            {
                // Another process may have taken the port in the meantime.
            }
        }
    }

    public void Dispose() => _server.Dispose();
}
