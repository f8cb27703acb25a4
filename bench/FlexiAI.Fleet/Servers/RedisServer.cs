using System.ComponentModel;
using System.Diagnostics;
using System.Net.Sockets;

namespace FlexiAI.Fleet;

/// <summary>
/// A <c>redis-server</c> from the PATH on a free loopback port, with a folder of its own and nothing written to disk. It ends with what
/// uses it, and with the process that started it if that ends first, however it ends.
/// </summary>
internal sealed class RedisServer : IAsyncDisposable
{
    // The guard beside the server waits for a line that comes when all is well; the end of the pipe without it means that whoever started it is gone.
    // "exec" makes the shell's process the server's own, so that signals reach it.
    private const string Guarded =
        "folder=$1; shift; exec 3<&0; { read -r _ <&3 || { kill -9 $$; rm -rf \"$folder\"; }; } & exec 3<&-; "
        + "exec redis-server \"$@\" </dev/null >\"$folder/output.txt\" 2>&1";

    private readonly string[] _arguments;
    private Process _process;

    private RedisServer(string folder, int port, string[] arguments, Process process) =>
        (Folder, Port, _arguments, _process) = (folder, port, arguments, process);

    public int Port { get; }

    public string Endpoint => $"127.0.0.1:{Port}";

    public string Folder { get; }

    public int ProcessId => _process.Id;

    /// <param name="arguments">More arguments of redis-server, such as <c>--requirepass</c> and a password.</param>
    public static async Task<RedisServer> StartAsync(params string[] arguments)
    {
        var folder = Directory.CreateTempSubdirectory("flexiai-redis-").FullName;
        for (var attempt = 1; ; attempt++)
        {
            var port = FreePort.Find();
            var process = Begin(folder, port, arguments);
            if (await AnswersAsync(process, port))
            {
                return new RedisServer(folder, port, arguments, process);
            }

            // Another process may have taken the port in the meantime.
            await EndAsync(process);
            if (attempt == 3)
            {
                var said = await File.ReadAllTextAsync(Path.Combine(folder, "output.txt"));
                Directory.Delete(folder, recursive: true);
                throw new InvalidOperationException($"redis-server did not start; ./test.sh installs it. It said: {said}");
            }
        }
    }

    /// <summary>Stops the server in the middle of whatever it does, as a machine that hangs: connections stay, nothing answers.</summary>
    public void Pause() => Signal("STOP");

    public void Continue() => Signal("CONT");

    /// <summary>Ends the server at once; everything in it is lost.</summary>
    public Task KillAsync() => EndAsync(_process);

    /// <summary>Starts a server that was killed, empty, on the same port.</summary>
    public async Task RestartAsync()
    {
        _process = Begin(Folder, Port, _arguments);
        if (!await AnswersAsync(_process, Port))
        {
            throw new InvalidOperationException("redis-server did not start again");
        }
    }

    /// <summary>What the end of the process that started it does, however it comes: the pipe ends.</summary>
    public void Forsake() => _process.StandardInput.Close();

    public async ValueTask DisposeAsync()
    {
        await EndAsync(_process);
        if (Directory.Exists(Folder))
        {
            Directory.Delete(Folder, recursive: true);
        }
    }

    private static Process Begin(string folder, int port, string[] arguments)
    {
        string[] all =
        [
            "-c", Guarded, "sh", folder, "--port", $"{port}", "--bind", "127.0.0.1", "--dir", folder, "--save", "", "--appendonly", "no",
            "--daemonize", "no", .. arguments,
        ];
        return Process.Start(new ProcessStartInfo("sh", all) { RedirectStandardInput = true, UseShellExecute = false })!;
    }

    private static async Task<bool> AnswersAsync(Process process, int port)
    {
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < TimeSpan.FromSeconds(20) && !process.HasExited; await Task.Delay(10))
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync("127.0.0.1", port);
                var stream = client.GetStream();
                await stream.WriteAsync("PING\r\n"u8.ToArray());

                // An error such as NOAUTH is an answer too.
                if (await stream.ReadAsync(new byte[1]) == 1)
                {
                    return !process.HasExited;
                }
            }
            catch (Exception e) when (e is SocketException or IOException)
            {
                // Not yet.
            }
        }

        return false;
    }

    private static async Task EndAsync(Process process)
    {
        if (!process.HasExited)
        {
            process.Kill();
        }

        await process.WaitForExitAsync();
        try
        {
            await process.StandardInput.WriteLineAsync();
            process.StandardInput.Close();
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // Nobody waits for the line: the shell found no redis-server, or this was said before.
        }
    }

    private void Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", $"{_process.Id}"]) ?? throw new Win32Exception("kill did not start");
        kill.WaitForExit();
        if (kill.ExitCode != 0)
        {
            throw new Win32Exception($"kill ended with {kill.ExitCode}");
        }
    }
}
