using System.Text.Json;
using FlexiAI.Testing;

namespace FlexiAI.Tests;

/// <summary>Replies with status 200 that are no answer.</summary>
public sealed class NonsenseFaultTests
{
    public static TheoryData<SimulatedWire> Wires => [SimulatedWire.OpenAI, SimulatedWire.Anthropic, SimulatedWire.Google];

    [Fact]
    public async Task Html_is_a_page()
    {
        var (type, body) = await AskAsync(SimulatedWire.OpenAI, Fault.Html());

        Assert.Equal("text/html", type);
        Assert.StartsWith("<!DOCTYPE html>", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Garbage_is_five_megabytes_that_are_not_JSON()
    {
        var (type, body) = await AskAsync(SimulatedWire.Anthropic, Fault.Garbage());

        Assert.Equal("application/json", type);
        Assert.Equal(5 * 1024 * 1024, body.Length);
        Assert.ThrowsAny<JsonException>(() => JsonDocument.Parse(body));
    }

    [Theory]
    [MemberData(nameof(Wires))]
    public async Task Broken_JSON_begins_like_an_answer(SimulatedWire wire)
    {
        var (type, body) = await AskAsync(wire, Fault.BrokenJson());

        Assert.Equal("application/json", type);
        Assert.StartsWith("{\"", body, StringComparison.Ordinal);
        Assert.ThrowsAny<JsonException>(() => JsonDocument.Parse(body));
    }

    [Theory]
    [MemberData(nameof(Wires))]
    public async Task An_error_object_comes_alone(SimulatedWire wire)
    {
        var (_, body) = await AskAsync(wire, Fault.ErrorInside200());

        Assert.NotEmpty(JsonElement.Parse(body).GetProperty("error").GetProperty("message").GetString()!);
    }

    [Theory]
    [InlineData(SimulatedWire.OpenAI, "choices")]
    [InlineData(SimulatedWire.Anthropic, "content")]
    [InlineData(SimulatedWire.Google, "candidates")]
    public async Task No_choices_is_well_formed_and_empty(SimulatedWire wire, string property)
    {
        var (_, body) = await AskAsync(wire, Fault.NoChoices());

        Assert.Equal(0, JsonElement.Parse(body).GetProperty(property).GetArrayLength());
    }

    [Fact]
    public async Task An_empty_reply_has_no_byte() => Assert.Equal(("application/json", ""), await AskAsync(SimulatedWire.OpenAI, Fault.EmptyReply()));

    [Fact]
    public async Task A_clean_end_is_half_the_JSON()
    {
        var (_, body) = await AskAsync(SimulatedWire.OpenAI, Fault.EndAfter(0));

        Assert.NotEmpty(body);
        Assert.ThrowsAny<JsonException>(() => JsonDocument.Parse(body));
    }

    [Fact]
    public async Task A_wrong_content_type_stands_over_the_right_answer()
    {
        var (type, body) = await AskAsync(SimulatedWire.OpenAI, Fault.WrongContentType());

        Assert.Equal("text/plain", type);
        Assert.Equal(1, JsonElement.Parse(body).GetProperty("choices").GetArrayLength());
    }

    [Fact]
    public async Task A_custom_reply_is_what_it_writes()
    {
        var fault = Fault.Custom("poem", async context =>
        {
            context.Response.ContentType = "text/poem";
            await context.Response.Body.WriteAsync("roses"u8.ToArray(), context.RequestAborted);
        });

        Assert.Equal(("text/poem", "roses"), await AskAsync(SimulatedWire.OpenAI, fault));
    }

    private static async Task<(string? Type, string Body)> AskAsync(SimulatedWire wire, Fault fault)
    {
        await using var provider = await Raw.StartAsync(wire);
        provider.Faults.Always(fault);
        using var response = await Raw.SendAsync(provider.Request());
        var body = await response.Content.ReadAsStringAsync(Raw.Token);

        Assert.Equal(200, (int)response.StatusCode);
        Assert.Equal(fault.Description, provider.Requests[0].Fault);
        Assert.Equal(SimulatedEnding.Broken, await provider.Requests[0].WaitForEndAsync(Raw.Token));
        return (response.Content.Headers.ContentType?.MediaType, body);
    }
}
