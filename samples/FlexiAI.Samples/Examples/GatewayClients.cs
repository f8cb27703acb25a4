using System.ClientModel;
using Anthropic;
using Anthropic.Models.Messages;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenAI;
using OpenAI.Chat;

namespace FlexiAI.Samples;

internal static class GatewayClients
{
    public static async Task RunAsync(Simulation simulation)
    {
        // snippet: gateway-app
        var builder = WebApplication.CreateBuilder();
        builder.Services.AddFlexiAI(options => options.Providers =
        [
            new OpenAIProvider { Model = "gpt-4o-mini", Priority = 1 },
            new AnthropicProvider { Model = "claude-3-5-haiku-20241022", Priority = 2 },
        ]);
        builder.Services.AddFlexiGateway(options => options.Models["fast"] = ["openai", "anthropic"]);
        // end snippet
        builder.Logging.ClearProviders();
        builder.Services.PostConfigure<FlexiOptions>(simulation.Redirect);
        // snippet: gateway-app
        await using var app = builder.Build();
        app.MapFlexiAI();
        // end snippet
        app.Urls.Add("http://127.0.0.1:0");
        await app.StartAsync();
        await AskAsOpenAIDoesAsync(app.Urls.First(), "not-needed-here");
        Simulation.TakeDown(simulation.OpenAI);
        await AskAsOpenAIDoesAsync(app.Urls.First(), "not-needed-here");
        await AskAsAnthropicDoesAsync(app.Urls.First(), "not-needed-here");
    }

    private static async Task AskAsOpenAIDoesAsync(string gateway, string key)
    {
        // snippet: gateway-openai-client
        var chat = new ChatClient("fast", new ApiKeyCredential(key), new OpenAIClientOptions { Endpoint = new Uri($"{gateway}/v1") });
        ClientResult<ChatCompletion> answer = await chat.CompleteChatAsync("Hello");
        Console.WriteLine(answer.Value.Content[0].Text);
        // end snippet
        // snippet: gateway-who-served
        answer.GetRawResponse().Headers.TryGetValue("x-flexiai-provider", out var provider);
        Console.WriteLine($"Served by {provider} with {answer.Value.Model}");
        // end snippet
        // snippet: gateway-openai-stream
        await foreach (var update in chat.CompleteChatStreamingAsync("Hello"))
        {
            Console.Write(string.Concat(update.ContentUpdate.Select(part => part.Text)));
        }
        // end snippet
        Console.WriteLine();
    }

    private static async Task AskAsAnthropicDoesAsync(string gateway, string key)
    {
        // snippet: gateway-anthropic-client
        using var claude = new AnthropicClient { BaseUrl = gateway, ApiKey = key };
        Message message = await claude.Messages.Create(new MessageCreateParams
        {
            Model = "fast",
            MaxTokens = 200,
            Messages = [new UserMessageParam { Content = "Hello" }],
        });
        Console.WriteLine(message.Content[0].TryPickText(out var text) ? text.Text : "no text");
        // end snippet
    }
}
