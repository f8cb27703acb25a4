using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;

namespace FlexiAI.GatewayBench;

/// <summary>What wrk saw in one run.</summary>
/// <param name="Requests">Replies that were whole and a success.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="P50">Half of them came within so many milliseconds.</param>
/// <param name="P99">All but one in a hundred came within so many milliseconds.</param>
internal sealed record WrkRun(long Requests, double Seconds, double P50, double P99)
{
    public double PerSecond => Requests / Seconds;
}

/// <summary>The load: wrk, which knows nothing of this repository.</summary>
internal static class Wrk
{
    private const string Script = """
        wrk.method = "POST"
        wrk.headers["Content-Type"] = "application/json"
        wrk.headers["Authorization"] = "Bearer KEY"
        wrk.body = [==[BODY]==]
        done = function(summary, latency)
          local e = summary.errors
          io.write(string.format('\n{"requests":%d,"microseconds":%d,"p50":%.1f,"p99":%.1f,"errors":%d}\n', summary.requests, summary.duration,
            latency:percentile(50), latency:percentile(99), e.connect + e.read + e.write + e.status + e.timeout))
        end
        """;

    /// <exception cref="InvalidOperationException">It is not installed.</exception>
    public static void ThrowIfMissing()
    {
        try
        {
            using var wrk = Process.Start(new ProcessStartInfo("wrk", "--version") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
            wrk.WaitForExit();
        }
        catch (Win32Exception e)
        {
            throw new InvalidOperationException("wrk, the load generator, is not installed. On Debian and Ubuntu: apt-get install wrk.", e);
        }
    }

    /// <summary>Asks for whole replies, each connection for the next when it has the last.</summary>
    /// <exception cref="InvalidOperationException">A reply was no success.</exception>
    public static async Task<WrkRun> RunAsync(string origin, string model, int connections, int seconds, string path = Requests.Path)
    {
        var script = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(script, Script.Replace("KEY", Requests.Key, StringComparison.Ordinal).Replace("BODY", Requests.Whole(model), StringComparison.Ordinal));
            using var wrk = Process.Start(new ProcessStartInfo("wrk", ["-t1", $"-c{connections}", $"-d{seconds}s", "-s", script, origin + path])
            {
                RedirectStandardOutput = true,
                UseShellExecute = false,
            })!;
            var output = await wrk.StandardOutput.ReadToEndAsync();
            return Read(output, origin + path);
        }
        finally
        {
            File.Delete(script);
        }
    }

    private static WrkRun Read(string output, string url)
    {
        var line = output.Split('\n').LastOrDefault(line => line.StartsWith('{')) ?? throw new InvalidOperationException($"wrk said: {output}");
        var json = JsonDocument.Parse(line).RootElement;
        var errors = json.GetProperty("errors").GetInt64();
        return errors == 0
            ? new WrkRun(
                json.GetProperty("requests").GetInt64(),
                json.GetProperty("microseconds").GetDouble() / 1e6,
                json.GetProperty("p50").GetDouble() / 1000,
                json.GetProperty("p99").GetDouble() / 1000)
            : throw new InvalidOperationException($"{errors} requests to {url} failed: {output}");
    }
}
