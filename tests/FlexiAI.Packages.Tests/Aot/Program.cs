using FlexiAI;
using Microsoft.Extensions.AI;

await using var client = new FlexiClient(new FlexiOptions
{
    Providers =
    [
        new OpenAIProvider { ApiKey = "sk-test-key", Model = "gpt-4o-mini", Priority = 1, BaseUrl = args[0], MaxRetries = 0 },
        new OpenAIProvider { ApiKey = "sk-test-key", Model = "gpt-4o", Priority = 2, BaseUrl = args[1] },
    ],
});

var whole = await client.GetResponseAsync("Hello");
Console.WriteLine($"{whole.Provider}: {whole.Text}");

var streamed = await client.GetStreamingResponseAsync("Hello").ToChatResponseAsync();
Console.WriteLine($"{streamed.Provider}: {streamed.Text}");
