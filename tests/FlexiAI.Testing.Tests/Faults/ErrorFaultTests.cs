using System.Net;
using System.Text.Json.Nodes;
using FlexiAI.Testing;

namespace FlexiAI.Tests;

/// <summary>The vendors' own errors: status, body and headers as their references list them.</summary>
public sealed class ErrorFaultTests
{
    public static TheoryData<SimulatedWire, string, int, string> Errors => new()
    {
        { SimulatedWire.OpenAI, nameof(Fault.InvalidApiKey), 401, "invalid_api_key" },
        { SimulatedWire.OpenAI, nameof(Fault.Forbidden), 403, "invalid_request_error" },
        { SimulatedWire.OpenAI, nameof(Fault.PaymentRequired), 402, "payment_required" },
        { SimulatedWire.OpenAI, nameof(Fault.QuotaExhausted), 429, "insufficient_quota" },
        { SimulatedWire.OpenAI, nameof(Fault.ModelNotFound), 404, "model_not_found" },
        { SimulatedWire.OpenAI, nameof(Fault.ContextTooLong), 400, "context_length_exceeded" },
        { SimulatedWire.OpenAI, nameof(Fault.ContentFiltered), 400, "content_policy_violation" },
        { SimulatedWire.OpenAI, nameof(Fault.InvalidRequest), 400, "invalid_request_error" },
        { SimulatedWire.OpenAI, nameof(Fault.Overloaded), 503, "server_error" },
        { SimulatedWire.Anthropic, nameof(Fault.InvalidApiKey), 401, "authentication_error" },
        { SimulatedWire.Anthropic, nameof(Fault.Forbidden), 403, "permission_error" },
        { SimulatedWire.Anthropic, nameof(Fault.PaymentRequired), 402, "billing_error" },
        { SimulatedWire.Anthropic, nameof(Fault.QuotaExhausted), 400, "credit balance is too low" },
        { SimulatedWire.Anthropic, nameof(Fault.ModelNotFound), 404, "not_found_error" },
        { SimulatedWire.Anthropic, nameof(Fault.ContextTooLong), 400, "prompt is too long" },
        { SimulatedWire.Anthropic, nameof(Fault.ContentFiltered), 400, "content filtering policy" },
        { SimulatedWire.Anthropic, nameof(Fault.InvalidRequest), 400, "invalid_request_error" },
        { SimulatedWire.Anthropic, nameof(Fault.Overloaded), 529, "overloaded_error" },
        { SimulatedWire.Google, nameof(Fault.InvalidApiKey), 400, "API_KEY_INVALID" },
        { SimulatedWire.Google, nameof(Fault.Forbidden), 403, "PERMISSION_DENIED" },
        { SimulatedWire.Google, nameof(Fault.PaymentRequired), 402, "BILLING_DISABLED" },
        { SimulatedWire.Google, nameof(Fault.QuotaExhausted), 429, "google.rpc.QuotaFailure" },
        { SimulatedWire.Google, nameof(Fault.ModelNotFound), 404, "NOT_FOUND" },
        { SimulatedWire.Google, nameof(Fault.ContextTooLong), 400, "exceeds the maximum number of tokens" },
        { SimulatedWire.Google, nameof(Fault.ContentFiltered), 200, "blockReason" },
        { SimulatedWire.Google, nameof(Fault.InvalidRequest), 400, "INVALID_ARGUMENT" },
        { SimulatedWire.Google, nameof(Fault.Overloaded), 503, "UNAVAILABLE" },
    };

    [Theory]
    [MemberData(nameof(Errors))]
    public async Task Each_error_has_its_vendors_status_and_words(SimulatedWire wire, string fault, int status, string words)
    {
        await using var provider = await Raw.StartAsync(wire);
        provider.Faults.Always((Fault)typeof(Fault).GetMethod(fault)!.Invoke(null, null)!);

        using var response = await Raw.SendAsync(provider.Request());

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Contains(words, await response.Content.ReadAsStringAsync(Raw.Token), StringComparison.Ordinal);
        Assert.Equal(status, provider.Requests[0].Status);
    }

    [Theory]
    [InlineData(SimulatedWire.OpenAI, "error.type=server_error;error.param=;error.code=")]
    [InlineData(SimulatedWire.Anthropic, "type=error;error.type=api_error")]
    [InlineData(SimulatedWire.Google, "error.code=502;error.status=INTERNAL")]
    public async Task A_status_alone_has_the_vendors_body(SimulatedWire wire, string fields)
    {
        await using var provider = await Raw.StartAsync(wire);
        provider.Faults.Always(Fault.Status(502));

        using var response = await Raw.SendAsync(provider.Request());

        var body = JsonNode.Parse(await response.Content.ReadAsStringAsync(Raw.Token));
        Assert.Equal(HttpStatusCode.BadGateway, response.StatusCode);
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        foreach (var field in fields.Split(';').Select(field => field.Split('=')))
        {
            Assert.Equal(field[1], field[0].Split('.').Aggregate(body, (node, name) => node![name])?.ToString() ?? "");
        }

        Assert.Equal(SimulatedEnding.Refused, await provider.Requests[0].WaitForEndAsync(Raw.Token));
    }

    [Fact]
    public async Task A_status_takes_any_body_type_and_headers()
    {
        await using var provider = await Raw.StartAsync(SimulatedWire.OpenAI);
        provider.Faults.Next(Fault.Status(503, "").WithHeader("retry-after-ms", "1500").WithHeader("x-request-id", "mine"));
        provider.Faults.Next(Fault.Status(418, "<p>tea</p>", "text/html"));

        using var empty = await Raw.SendAsync(provider.Request());
        using var tea = await Raw.SendAsync(provider.Request());

        Assert.Equal(("1500", "mine"), (Header(empty, "retry-after-ms"), Header(empty, "x-request-id")));
        Assert.Equal("", await empty.Content.ReadAsStringAsync(Raw.Token));
        Assert.Equal(((HttpStatusCode)418, "text/html"), (tea.StatusCode, tea.Content.Headers.ContentType?.MediaType));
        Assert.Equal("<p>tea</p>", await tea.Content.ReadAsStringAsync(Raw.Token));
    }

    [Fact]
    public async Task A_rate_limit_names_its_time_as_each_vendor_does()
    {
        var wait = TimeSpan.FromSeconds(2);
        await using var openai = await Raw.StartAsync(SimulatedWire.OpenAI);
        await using var anthropic = await Raw.StartAsync(SimulatedWire.Anthropic);
        await using var google = await Raw.StartAsync(SimulatedWire.Google);
        foreach (var provider in new[] { openai, anthropic, google })
        {
            provider.Faults.Next(Fault.RateLimited(wait));
        }

        using var fromOpenAI = await Raw.SendAsync(openai.Request());
        using var fromAnthropic = await Raw.SendAsync(anthropic.Request());
        using var fromGoogle = await Raw.SendAsync(google.Request());

        Assert.Equal(wait, fromOpenAI.Headers.RetryAfter?.Delta);
        Assert.Equal("2s", Header(fromOpenAI, "x-ratelimit-reset-requests"));
        Assert.Equal(wait, fromAnthropic.Headers.RetryAfter?.Delta);
        Assert.EndsWith("Z", Header(fromAnthropic, "anthropic-ratelimit-requests-reset"), StringComparison.Ordinal);
        Assert.Null(fromGoogle.Headers.RetryAfter);
        var detail = JsonNode.Parse(await fromGoogle.Content.ReadAsStringAsync(Raw.Token))!["error"]!["details"]![0]!;
        Assert.Equal(("type.googleapis.com/google.rpc.RetryInfo", "2s"), ((string?)detail["@type"], (string?)detail["retryDelay"]));
    }

    [Fact]
    public async Task A_rate_limit_can_name_a_date_or_nothing()
    {
        var moment = new DateTimeOffset(2031, 5, 6, 7, 8, 9, TimeSpan.Zero);
        await using var provider = await Raw.StartAsync(SimulatedWire.OpenAI);
        provider.Faults.Next(Fault.RateLimitedUntil(moment)).Next(Fault.RateLimited());

        using var date = await Raw.SendAsync(provider.Request());
        using var nothing = await Raw.SendAsync(provider.Request());

        Assert.Equal(moment, date.Headers.RetryAfter?.Date);
        Assert.Null(nothing.Headers.RetryAfter);
        Assert.DoesNotContain(nothing.Headers, header => header.Key.StartsWith("x-ratelimit", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData(199)]
    [InlineData(600)]
    public void A_status_outside_HTTP_is_rejected(int status) => Assert.Throws<ArgumentOutOfRangeException>(() => Fault.Status(status));

    private static string Header(HttpResponseMessage response, string name) => Assert.Single(response.Headers.GetValues(name));
}
