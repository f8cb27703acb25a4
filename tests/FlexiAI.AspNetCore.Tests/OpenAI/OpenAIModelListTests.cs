using OpenAI.Models;

namespace FlexiAI.Tests;

public sealed class OpenAIModelListTests
{
    [Fact]
    public async Task The_SDK_reads_the_list_and_one_of_it()
    {
        await using var server = await OpenAICallerServer.StartAsync();
        var client = server.Client.GetOpenAIModelClient();

        OpenAIModelCollection models = await client.GetModelsAsync(OpenAICallerServer.Token);
        OpenAIModel model = await client.GetModelAsync("claude", OpenAICallerServer.Token);

        Assert.Equal([("smart", "flexiai"), ("claude", "anthropic")], models.Select(listed => (listed.Id, listed.OwnedBy)));
        Assert.Equal(("claude", "anthropic", OpenAICallerServer.Created), (model.Id, model.OwnedBy, model.CreatedAt));
    }
}
