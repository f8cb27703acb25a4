using System.Text;

namespace FlexiAI.Tests;

/// <summary>No secret is in anything that leaves the gateway, whatever a provider says.</summary>
[Collection(MeteredAlone.Name)]
public sealed class SecretsTests
{
    private const string Whole = """{"model":"auto","messages":[{"role":"user","content":"hi"}],"input":"x"}""";
    private const string Streamed = """{"model":"auto","stream":true,"messages":[{"role":"user","content":"hi"}],"input":"x"}""";
    private const string Error = """{"error":{"message":"Incorrect API key KEY provided\r\nforged line","type":"T","code":"C","param":"KEY"}}""";

    private static readonly string[] Spellings =
    [
        SecuredGateway.ProviderKey, SecuredGateway.ProviderKey.Replace("+", "\\u002B", StringComparison.Ordinal).Replace("&", "\\u0026", StringComparison.Ordinal),
        SecuredGateway.ProviderKey.Replace("/", "\\/", StringComparison.Ordinal), Uri.EscapeDataString(SecuredGateway.ProviderKey), "Zq9", SecuredGateway.ClientKey, SecuredGateway.AdminKey,
    ];

    public static TheoryData<string, string, string, string> Answers
    {
        get
        {
            var data = new TheoryData<string, string, string, string>();
            foreach (var path in new[] { "/v1/chat/completions", "/v1/responses", "/v1/embeddings", "/v1/images/generations", "/v1/completions" })
            {
                foreach (var status in new[] { "200 OK", "400 Bad", "401 Un", "404 No", "422 Un", "429 Slow", "500 Oops" })
                {
                    data.Add(path, Whole, status, Error);
                }

                data.Add(path, Whole, "400 Bad", "KEY is refused");
                data.Add(path, Streamed, "200 OK", "data: " + Error + "\n\n");
                data.Add(path, Streamed, "200 OK", "event: error\ndata: {\"type\":\"error\",\"code\":\"x\",\"message\":\"KEY\"}\n\n");
            }

            const string Begun = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"hi\"}}]}\n\n";
            data.Add("/v1/chat/completions", Streamed, "200 OK", Begun + "data: " + Error + "\n\n");
            data.Add("/v1/chat/completions", Streamed, "200 OK", Begun + "data: KEY\n\n");
            data.Add("/v1/chat/completions", Streamed, "200 OK", Begun + "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"error\"}],\"x\":\"KEY\"}\n\n");
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task No_secret_is_told_to_anybody(string path, string ask, string status, string answer)
    {
        foreach (var key in Spellings.Take(4))
        {
            await using var provider = RawProvider.Start(RawProvider.Reply(
                answer.Replace("KEY", key, StringComparison.Ordinal),
                $"x-request-id: {SecuredGateway.ProviderKey}\r\nwww-authenticate: Bearer {SecuredGateway.ProviderKey}\r\n",
                status,
                answer.Contains("data:", StringComparison.Ordinal) ? "text/event-stream" : "application/json"));
            await using var gateway = await SecuredGateway.StartAsync(provider.Entry("one"));

            var (_, reply) = await gateway.AskAsync(path, ask);
            var told = new StringBuilder(reply);
            foreach (var page in new[] { "/status", "/stats", "/metrics", "/", "/readyz" })
            {
                using var response = await gateway.SendAsync(HttpMethod.Get, page, key: SecuredGateway.AdminKey);
                Assert.True((int)response.StatusCode is 200 or 503);
                told.Append(await response.Content.ReadAsStringAsync(SecuredGateway.Stop));
            }

            told.Append(await HelloAsync(gateway));
            foreach (var record in gateway.Logged)
            {
                told.Append(record.Message).Append(record.Exception).AppendJoin(' ', record.StructuredState ?? []).AppendLine();
                Assert.False(
                    record.Category?.StartsWith("FlexiAI", StringComparison.Ordinal) is true && record.Message.Contains("\r\nforged", StringComparison.Ordinal), record.Message);
            }

            Assert.NotEmpty(provider.Requests);
            Assert.All(Spellings, spelling => Assert.DoesNotContain(spelling, told.ToString(), StringComparison.Ordinal));
        }
    }

    // What every watcher is told first: the last requests with their attempts.
    private static async Task<string> HelloAsync(SecuredGateway gateway)
    {
        using var response = await gateway.SendAsync(HttpMethod.Get, "/events", key: SecuredGateway.AdminKey);
        using var reader = new System.IO.StreamReader(await response.Content.ReadAsStreamAsync(SecuredGateway.Stop));
        Assert.Equal("event: hello", await reader.ReadLineAsync(SecuredGateway.Stop));
        var hello = await reader.ReadLineAsync(SecuredGateway.Stop);
        return hello!;
    }
}
