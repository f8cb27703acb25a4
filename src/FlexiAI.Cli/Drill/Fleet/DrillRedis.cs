using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace FlexiAI.Cli;

/// <summary>A <c>redis-server</c> for one drill, on a free loopback port and with nothing written to disk. It ends with the drill, however that ends.</summary>
internal sealed class DrillRedis : IAsyncDisposable
{
    private const string Program = "redis-server";
    private const int Attempts = 3;

    // The guard beside the server waits for a line that comes when all is well; the end of the pipe without it means that the drill is gone.
    // "exec" makes the shell's process the server's own, so that it can be ended.
    private const string Guarded =
        "exec >/dev/null 2>&1; exec 3<&0; { read -r _ <&3 || kill -9 $$; } & exec 3<&-; exec \"$@\" </dev/null";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Process _process;
    private bool _ended;

    private DrillRedis(Process process, int port) =>
        (_process, Endpoint) = (process, string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}"));

    public string Endpoint { get; }

    public int ProcessId => _process.Id;

    /// <exception cref="InputException">There is none on the PATH.</exception>
    /// <exception cref="IOException">It does not start.</exception>
    public static async Task<DrillRedis> StartAsync(CancellationToken cancelled)
    {
        var file = Find(Environment.GetEnvironmentVariable("PATH")) ?? throw new InputException(
            "no redis-server is on the PATH. Install Redis 7 or newer (Debian and Ubuntu: apt-get install redis-server; macOS: brew install redis), "
            + "or name one that runs: --redis host:port.");
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            var port = FreePort();
            var redis = new DrillRedis(Begin(file, port), port);
            try
            {
                if (await redis.AnswersAsync(port, cancelled).ConfigureAwait(false))
                {
                    return redis;
                }
            }
            catch
            {
                await redis.DisposeAsync().ConfigureAwait(false);
                throw;
            }

            // Another process may have taken the port in the meantime.
            await redis.DisposeAsync().ConfigureAwait(false);
        }

        throw new IOException($"{file} did not start.");
    }

    public async ValueTask DisposeAsync()
    {
        if (_ended)
        {
            return;
        }

        _ended = true;
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        await _process.WaitForExitAsync().ConfigureAwait(false);
        try
        {
            await _process.StandardInput.WriteLineAsync().ConfigureAwait(false);
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // Nobody waits for the line.
        }

        _process.Dispose();
    }

    private static string? Find(string? path) => (path ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? $"{Program}.exe" : Program))
        .FirstOrDefault(File.Exists);

    private static Process Begin(string file, int port)
    {
        string[] server =
        [
            file, "--port", port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--daemonize", "no",
            "--dir", Path.GetTempPath(),
        ];
        var start = OperatingSystem.IsWindows() ? new ProcessStartInfo(file, server[1..]) : new ProcessStartInfo("/bin/sh", ["-c", Guarded, "sh", .. server]);
        (start.UseShellExecute, start.RedirectStandardInput) = (false, true);
        return Process.Start(start)!;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task<bool> AnswersAsync(int port, CancellationToken cancelled)
    {
        for (var begin = TimeProvider.System.GetTimestamp(); !_process.HasExited && TimeProvider.System.GetElapsedTime(begin) < Patience;)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, port, cancelled).ConfigureAwait(false);
                await client.GetStream().WriteAsync("PING\r\n"u8.ToArray(), cancelled).ConfigureAwait(false);
                if (await client.GetStream().ReadAsync(new byte[1], cancelled).ConfigureAwait(false) == 1)
                {
                    return !_process.HasExited;
                }
            }
            catch (Exception e) when (e is SocketException or IOException)
            {
                // Not yet.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, cancelled).ConfigureAwait(false);
        }

        return false;
    }
}
