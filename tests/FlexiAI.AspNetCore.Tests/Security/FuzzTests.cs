using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using FlexiAI.Testing;

namespace FlexiAI.Tests;

/// <summary>Whatever is made of a good request, it is answered or refused: never the gateway's own failure, and never nothing.</summary>
/// <remarks>For as long as <c>FLEXIAI_FUZZ_SECONDS</c> says, 3 where it is not set. The seed of a failure is in its message.</remarks>
public sealed class FuzzTests(ITestOutputHelper output)
{
    private const int Workers = 4;

    private static readonly (string Path, string Body)[] Good =
    [
        ("/v1/chat/completions", """{"model":"auto","stream":true,"stream_options":{"include_usage":true},"temperature":1,"stop":["a"],"n":1,"response_format":{"type":"json_schema","json_schema":{"name":"a","schema":{"type":"object"}}},"tools":[{"type":"function","function":{"name":"f","parameters":{"type":"object"}}}],"tool_choice":"auto","messages":[{"role":"system","content":"s"},{"role":"user","content":[{"type":"text","text":"t"},{"type":"image_url","image_url":{"url":"data:image/png;base64,AAAA"}}]},{"role":"assistant","content":null,"tool_calls":[{"id":"c","type":"function","function":{"name":"f","arguments":"{\"x\":[1]}"}}]},{"role":"tool","tool_call_id":"c","content":"r"}]}"""),
        ("/v1/chat/completions", """{"model":"claude","messages":[{"role":"user","content":"hi \ud83d\ude00"}],"max_tokens":9,"seed":1}"""),
        ("/v1/messages", """{"model":"gpt","max_tokens":9,"stream":true,"system":[{"type":"text","text":"s","cache_control":{"type":"ephemeral"}}],"tools":[{"name":"f","input_schema":{"type":"object"}}],"tool_choice":{"type":"any"},"thinking":{"type":"enabled","budget_tokens":1024},"messages":[{"role":"user","content":[{"type":"text","text":"t"},{"type":"image","source":{"type":"base64","media_type":"image/png","data":"AAAA"}}]},{"role":"assistant","content":[{"type":"tool_use","id":"c","name":"f","input":{"x":[1]}}]},{"role":"user","content":[{"type":"tool_result","tool_use_id":"c","content":"r"}]}]}"""),
        ("/v1/messages", """{"model":"claude","max_tokens":9,"messages":[{"role":"user","content":"hi"}],"metadata":{"user_id":"u"}}"""),
        ("/v1/embeddings", """{"model":"embed-1","input":["a","b",[1,2]],"encoding_format":"base64","dimensions":3}"""),
        ("/v1/embeddings", """{"model":"gemini","input":["a","b"],"encoding_format":"base64","dimensions":3}"""),
        ("/v1/responses", """{"model":"gpt","input":[{"role":"user","content":[{"type":"input_text","text":"hi"}]}],"stream":true,"tools":[]}"""),
        ("/v1/images/generations", """{"model":"image-1","prompt":"p","size":"1x1"}"""),
    ];

    private static readonly string[] Values =
    [
        "null", "true", "false", "-1", "1e999", "-99999999999999999999", "0.5", "\"\"", "\"auto\"", "\"\\ud800\"", "\"\\u0000\"", "[]", "[[]]", "[null]", "{}", "{\"type\":\"text\"}", "{\"type\":1}",
        "{\"\\udc00\":1}", "{\"a\":1,\"a\":2}", "\"data:;base64,A\"", "\"https://[::\"", "\"\\r\\n\"", "NaN", "'x'", "/**/1", "\"\xff\"",
    ];

    private readonly ConcurrentDictionary<int, int> _counts = new();

    [Fact]
    public async Task Whatever_is_changed_in_a_body_or_a_path_it_is_answered_or_refused()
    {
        await using var gpt = await SimulatedProvider.StartAsync(SimulatedWire.OpenAI, new() { Name = "gpt" }, SecuredGateway.Stop);
        await using var claude = await SimulatedProvider.StartAsync(SimulatedWire.Anthropic, new() { Name = "claude" }, SecuredGateway.Stop);
        await using var gemini = await SimulatedProvider.StartAsync(SimulatedWire.Google, new() { Name = "gemini" }, SecuredGateway.Stop);
        await using var gateway = await SecuredGateway.StartAsync(
            [GatewayHost.Entry(gpt), GatewayHost.Entry(claude, 2), GatewayHost.Entry(gemini, 3)],
            gateway: null,
            client => client.CircuitBreaker.FailureThreshold = 1_000_000);
        var seconds = int.Parse(Environment.GetEnvironmentVariable("FLEXIAI_FUZZ_SECONDS") ?? "3", CultureInfo.InvariantCulture);
        var began = Stopwatch.GetTimestamp();

        await Task.WhenAll(Enumerable.Range(1, Workers).Select(worker => Task.Run(async () =>
        {
            for (var seed = worker; Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(seconds) || seed < 25 * Workers; seed += Workers)
            {
                await SendAsync(gateway, seed);
            }
        })));

        var counts = string.Join(", ", _counts.OrderBy(pair => pair.Key).Select(pair => $"{pair.Key}: {pair.Value}"));
        output.WriteLine(counts);
        Assert.Empty(gateway.Logged.Where(record => record.Id == 102).Select(record => record.Message));
        Assert.True(_counts.ContainsKey(200) && _counts.ContainsKey(400) && _counts.ContainsKey(404), counts);
    }

    private async Task SendAsync(SecuredGateway gateway, int seed)
    {
        var random = new Random(seed);
        var (method, target, body) = Request(random);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(SecuredGateway.Stop);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        using var request = new HttpRequestMessage(method, new Uri(gateway.Host.Address + target, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        request.Headers.TryAddWithoutValidation("x-api-key", target.StartsWith("/v1", StringComparison.Ordinal) ? SecuredGateway.ClientKey : SecuredGateway.AdminKey);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.ContentType = new("application/json");
        }

        try
        {
            using var response = await gateway.Host.Http.SendAsync(request, limit.Token);
            var status = (int)response.StatusCode;
            _counts.AddOrUpdate(status, 1, static (_, count) => count + 1);
            var text = await response.Content.ReadAsStringAsync(limit.Token);
            Assert.True(status is not 500 && !text.Contains("internal_error", StringComparison.Ordinal), text);
        }
        catch (Exception e) when (!SecuredGateway.Stop.IsCancellationRequested)
        {
            Assert.Fail($"Seed {seed}: {method} {target}\n{(body is null ? "" : Encoding.Latin1.GetString(body))}\n{e}\n{string.Join('\n', gateway.Logged.Where(record => record.Id == 102).Select(record => record.Message))}");
        }
    }

    private static (HttpMethod Method, string Target, byte[]? Body) Request(Random random)
    {
        switch (random.Next(10))
        {
            case 0:
                return (HttpMethod.Get, $"/v1/models/{Name(random)}", null);
            case 1:
                return (HttpMethod.Post, $"/circuits/{Name(random)}/reset", null);
            case 2:
                return (HttpMethod.Post, $"/v1/{Name(random)}", """{"model":"gpt","prompt":"x"}"""u8.ToArray());
            case < 6:
                var (path, text) = Good[random.Next(Good.Length)];
                return (HttpMethod.Post, path, OtherBytes(random, text));
            default:
                (path, text) = Good[random.Next(Good.Length)];
                return (HttpMethod.Post, path, Encoding.Latin1.GetBytes(OtherValues(random, text)));
        }
    }

    private static string Name(Random random) => string.Concat(Enumerable.Range(0, random.Next(0, 40)).Select(_ => random.Next(4) switch
    {
        0 => string.Create(CultureInfo.InvariantCulture, $"%{random.Next(256):X2}"),
        1 => "/.-_~!$&'()*+,;=:@?%"[random.Next(19)].ToString(),
        _ => ((char)('a' + random.Next(26))).ToString(),
    }));

    private static byte[] OtherBytes(Random random, string text)
    {
        List<byte> bytes = [.. Encoding.UTF8.GetBytes(text)];
        for (var change = random.Next(0, 4); change > 0; change--)
        {
            var at = random.Next(bytes.Count);
            var count = Math.Min(random.Next(1, 30), bytes.Count - at);
            switch (random.Next(5))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.Insert(at, (byte)random.Next(256));
                    break;
                case 2 when bytes.Count > 40:
                    bytes.RemoveRange(at, count);
                    break;
                case 3:
                    bytes.InsertRange(at, bytes.GetRange(at, count));
                    break;
                default:
                    bytes[at] = "{}[],:\"\\"u8[random.Next(8)];
                    break;
            }
        }

        return [.. bytes];
    }

    // Puts something odd where a value begins; the rest of the value is cut by its own end.
    private static string OtherValues(Random random, string text)
    {
        for (var change = random.Next(1, 3); change > 0; change--)
        {
            int[] starts = [.. Enumerable.Range(1, text.Length - 1).Where(i => text[i - 1] is ':' or '[' or ',' && text[i] is not (' ' or ']'))];
            var start = starts.Length == 0 ? 0 : starts[random.Next(starts.Length)];
            text = string.Concat(text.AsSpan(0, start), Values[random.Next(Values.Length)], text.AsSpan(EndOf(text, start)));
        }

        return text;
    }

    private static int EndOf(string text, int start)
    {
        var (depth, quoted) = (0, false);
        for (var i = start; i < text.Length; i++)
        {
            quoted ^= text[i] == '"' && (i == 0 || text[i - 1] != '\\');
            depth += quoted ? 0 : text[i] is '{' or '[' ? 1 : text[i] is '}' or ']' ? -1 : 0;
            if (!quoted && (depth < 0 || (depth == 0 && i + 1 < text.Length && text[i + 1] is ',' or '}' or ']' or ':')))
            {
                return depth < 0 ? i : i + 1;
            }
        }

        return text.Length;
    }
}
