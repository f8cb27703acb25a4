using System.Text.Json.Nodes;

namespace FlexiAI.GatewayBench;

/// <summary>Configuration files of gateways, in a folder that goes with them.</summary>
internal sealed class GatewayConfig : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("flexiai-gateway-bench-");

    /// <summary>One entry of each wire, named as the models that callers ask for.</summary>
    public string Plain(string upstream) => Write("plain", [OpenAI("pass", upstream + "/ok/v1"), Anthropic("translated", upstream + "/ok")]);

    /// <summary>A primary that is well, one that is overloaded and one that is silent, each before the same backup.</summary>
    public string Outage(string upstream) => Write(
        "outage",
        [
            OpenAI("well", upstream + "/ok/v1"),
            OpenAI("overloaded", upstream + "/down/v1"),
            OpenAI("mute", upstream + "/silent/v1", timeout: "00:00:01"),
            OpenAI("backup", upstream + "/ok/v1"),
        ],
        new JsonObject
        {
            ["healthy"] = new JsonArray("well", "backup"),
            ["down"] = new JsonArray("overloaded", "backup"),
            ["silent"] = new JsonArray("mute", "backup"),
        });

    public string Many(string upstream, int count) =>
        Write($"many-{count}", [.. Enumerable.Range(1, count).Select(number => OpenAI($"entry-{number}", upstream + "/ok/v1", priority: number))]);

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>Starts the gateway that users run.</summary>
    public static Task<ServerProcess> StartAsync(string name, string file) =>
        ServerProcess.StartAsync(name, DotNet.Cli, port => ["serve", "--config", file, "--urls", $"http://127.0.0.1:{port}"]);

    private string Write(string name, JsonArray providers, JsonObject? models = null)
    {
        var section = new JsonObject { ["Providers"] = providers };
        if (models is not null)
        {
            section["Gateway"] = new JsonObject { ["Models"] = models };
        }

        var path = Path.Combine(_folder.FullName, name + ".json");
        File.WriteAllText(path, new JsonObject { ["FlexiAI"] = section }.ToJsonString());
        return path;
    }

    private static JsonObject OpenAI(string name, string address, int priority = 1, string timeout = "00:01:00") =>
        Entry("openai", name, address, "gpt-4o-mini", priority, timeout);

    private static JsonObject Anthropic(string name, string address) => Entry("anthropic", name, address, "claude-3-5-haiku-20241022", 2, "00:01:00");

    private static JsonObject Entry(string type, string name, string address, string model, int priority, string timeout) => new()
    {
        ["Type"] = type,
        ["Name"] = name,
        ["Model"] = model,
        ["ApiKey"] = Requests.Key,
        ["BaseUrl"] = address,
        ["Priority"] = priority,
        ["Timeout"] = timeout,
    };
}
