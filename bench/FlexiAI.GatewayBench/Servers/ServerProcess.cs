using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace FlexiAI.GatewayBench;

/// <summary>One server in a process of its own: an upstream, a proxy or a gateway.</summary>
internal sealed class ServerProcess : IDisposable
{
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(2) };
    private static readonly ConcurrentDictionary<ServerProcess, bool> Running = [];

    private readonly Process _process;

    // None outlives this program, however that ends.
    static ServerProcess() => AppDomain.CurrentDomain.ProcessExit += static (_, _) => Running.Keys.ToList().ForEach(process => process.Dispose());

    private ServerProcess(Process process, string name, string origin)
    {
        (_process, Name, Origin) = (process, name, origin);
        Running[this] = true;
    }

    public string Name { get; }

    public string Origin { get; }

    public int Id => _process.Id;

    /// <summary>From the start of the process until it said that it is alive.</summary>
    public TimeSpan StartUp { get; private set; }

    /// <summary>Starts a program of this repository, and waits until it answers <c>/healthz</c>.</summary>
    /// <param name="name">What it is called in what is printed.</param>
    /// <param name="assembly">The program.</param>
    /// <param name="arguments">Makes the arguments of the port that it is to serve at.</param>
    public static async Task<ServerProcess> StartAsync(string name, string assembly, Func<int, IEnumerable<string>> arguments)
    {
        var port = FreePort();
        var start = new ProcessStartInfo(DotNet.Path, ["exec", assembly, .. arguments(port)])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        var startedAt = Stopwatch.GetTimestamp();
        var server = new ServerProcess(Process.Start(start)!, name, $"http://127.0.0.1:{port}");
        var output = server.ReadOutputAsync();
        try
        {
            await server.WaitUntilAliveAsync(output);
            server.StartUp = Stopwatch.GetElapsedTime(startedAt);
            return server;
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        if (Running.TryRemove(this, out _))
        {
            _process.Kill();
            _process.WaitForExit();
            _process.Dispose();
        }
    }

    private async Task WaitUntilAliveAsync(Task<string> output)
    {
        var startedAt = Stopwatch.GetTimestamp();
        while (!output.IsCompleted && Stopwatch.GetElapsedTime(startedAt) < TimeSpan.FromSeconds(30))
        {
            try
            {
                using var reply = await Http.GetAsync(new Uri($"{Origin}/healthz"));
                if (reply.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
            {
                // Not yet.
            }

            await Task.Delay(5);
        }

        throw new InvalidOperationException($"{Name} did not start: {(output.IsCompleted ? await output : "no answer in 30 s")}");
    }

    // Read on to the end, else the process would wait with its pipe full.
    private async Task<string> ReadOutputAsync()
    {
        var texts = await Task.WhenAll(_process.StandardOutput.ReadToEndAsync(), _process.StandardError.ReadToEndAsync());
        return string.Concat(texts);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
