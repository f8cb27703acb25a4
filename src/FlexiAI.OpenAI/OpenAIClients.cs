using System.ClientModel.Primitives;
using Microsoft.Extensions.AI;
using OpenAI;
using OpenAI.Chat;
using OpenAI.Embeddings;

namespace FlexiAI;

/// <summary>Makes the clients of the OpenAI SDK, so that the engine's retries and clocks are the only ones.</summary>
internal sealed class OpenAIClients(HttpClient httpClient, Uri endpoint, AuthenticationPolicy authentication)
{
    public string? Organization { get; init; }

    public string? Project { get; init; }

#pragma warning disable OPENAI001 // Only the constructors that take a policy leave the choice of the header to us.
    public IChatClient CreateChat(string model) =>
        new ErrorEventChatClient(new ChatClient(model, authentication, CreateOptions()).AsIChatClient());

    public IEmbeddingGenerator<string, Embedding<float>> CreateEmbeddings(string model) =>
        new EmbeddingClient(model, authentication, CreateOptions()).AsIEmbeddingGenerator();
#pragma warning restore OPENAI001

    private OpenAIClientOptions CreateOptions()
    {
        var options = new OpenAIClientOptions
        {
            Endpoint = endpoint,
            OrganizationId = Organization,
            ProjectId = Project,
            NetworkTimeout = Timeout.InfiniteTimeSpan,
            RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
            Transport = new HttpClientPipelineTransport(httpClient),
        };
        options.AddPolicy(new ErrorInReplyPolicy(), PipelinePosition.PerCall);
        options.AddPolicy(new HangUpPolicy(), PipelinePosition.PerCall);
        return options;
    }
}
