using Microsoft.Extensions.AI;

namespace FlexiAI.Samples;

/// <summary>Traffic that brings a client into the situation a sample is about.</summary>
internal static class Requests
{
    /// <summary>Sends requests, whatever becomes of them.</summary>
    public static async Task SendAsync(IChatClient client, int count)
    {
        for (var request = 0; request < count; request++)
        {
            try
            {
                await client.GetResponseAsync("Hello");
            }
            catch (AllProvidersFailedException)
            {
                // What the sample looks at next.
            }
        }
    }
}
