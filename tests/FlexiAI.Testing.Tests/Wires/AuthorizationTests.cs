using System.ClientModel;
using Anthropic.Exceptions;
using FlexiAI.Testing;
using Microsoft.Extensions.AI;

namespace FlexiAI.Tests;

public sealed class AuthorizationTests
{
    [Fact]
    public async Task OpenAI_refuses_a_wrong_key_and_shows_part_of_it()
    {
        await using var provider = await Raw.StartAsync(SimulatedWire.OpenAI, new() { RequiredApiKey = "right" });
        using var client = provider.Chat();

        var exception = await Assert.ThrowsAsync<ClientResultException>(() => client.GetResponseAsync("Hi", cancellationToken: Raw.Token));

        Assert.Equal(401, exception.Status);
        Assert.Contains($"{Clients.Key[..8]}*", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Clients.Key, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Anthropic_refuses_a_wrong_key()
    {
        await using var provider = await Raw.StartAsync(SimulatedWire.Anthropic, new() { RequiredApiKey = "right" });
        using var client = provider.Chat();

        await Assert.ThrowsAsync<AnthropicUnauthorizedException>(() => client.GetResponseAsync("Hi", cancellationToken: Raw.Token));
    }

    [Theory]
    [InlineData(SimulatedWire.OpenAI, "Authorization", "Bearer right", 401, 401)]
    [InlineData(SimulatedWire.OpenAI, "api-key", "right", 401, 401)]
    [InlineData(SimulatedWire.Anthropic, "x-api-key", "right", 401, 401)]
    [InlineData(SimulatedWire.Anthropic, "Authorization", "Bearer right", 401, 401)]
    [InlineData(SimulatedWire.Google, "x-goog-api-key", "right", 403, 400)]
    [InlineData(SimulatedWire.Google, "Authorization", "Bearer right", 403, 401)]
    public async Task A_key_is_accepted_refused_and_missed(SimulatedWire wire, string header, string value, int missing, int wrong)
    {
        await using var provider = await Raw.StartAsync(wire, new() { RequiredApiKey = "right" });

        Assert.Equal(200, await StatusAsync(value));
        Assert.Equal(missing, await StatusAsync(null));
        Assert.Equal(missing, await StatusAsync(value.Replace("right", "", StringComparison.Ordinal)));
        Assert.Equal(wrong, await StatusAsync(value + "x"));

        async Task<int> StatusAsync(string? credential)
        {
            using var request = provider.Request();
            if (credential is not null)
            {
                request.Headers.TryAddWithoutValidation(header, credential);
            }

            using var response = await Raw.SendAsync(request);
            return (int)response.StatusCode;
        }
    }

    [Theory]
    [InlineData(SimulatedWire.OpenAI, "model_not_found")]
    [InlineData(SimulatedWire.Anthropic, "not_found_error")]
    [InlineData(SimulatedWire.Google, "NOT_FOUND")]
    public async Task A_model_that_does_not_exist_is_a_404(SimulatedWire wire, string words)
    {
        await using var provider = await Raw.StartAsync(wire, new() { Model = "the-one" });

        using var known = await Raw.SendAsync(provider.Request(model: "the-one"));
        using var unknown = await Raw.SendAsync(provider.Request(model: "another"));

        Assert.Equal((200, 404), ((int)known.StatusCode, (int)unknown.StatusCode));
        Assert.Contains(words, await unknown.Content.ReadAsStringAsync(Raw.Token), StringComparison.Ordinal);
    }
}
