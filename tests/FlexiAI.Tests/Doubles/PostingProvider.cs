using System.Text;
using Microsoft.Extensions.AI;

namespace FlexiAI.Tests;

/// <summary>An entry whose client posts by the entry's HTTP client and tells nothing of its failures.</summary>
internal static class PostingProvider
{
    public static TestProvider At(string url, int priority = 1) => new()
    {
        Model = "m",
        ApiKey = "key-0123456789",
        Priority = priority,
        MaxRetries = 0,
        MakeChat = http => new FakeChat("http") { Reply = call => PostAsync(http, url, call.Token) },
    };

    private static async Task<ChatResponse> PostAsync(HttpClient http, string url, CancellationToken token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{url}/chat/completions")
        {
            Content = new StringContent("""{"model":"m","messages":[{"role":"user","content":"Hello"}]}""", Encoding.UTF8, "application/json"),
        };
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer key-0123456789");
        using var response = await http.SendAsync(request, token);
        return response.IsSuccessStatusCode ? Answers.Text(await response.Content.ReadAsStringAsync(token)) : throw new InvalidDataException("Something went wrong.");
    }
}
