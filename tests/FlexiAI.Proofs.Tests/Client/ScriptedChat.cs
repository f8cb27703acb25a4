using Microsoft.Extensions.AI;

namespace FlexiAI.Tests.Client;

/// <summary>A provider in memory, whose calls end as the request's script says.</summary>
internal sealed class ScriptedChat(string name, ClientRun run) : IChatClient
{
    public string Name { get; } = name;

    public int Calls { get; set; }

    public int Disposals { get; private set; }

    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var call = run.Begin(this);
        var request = ClientRun.Request;
        await EndAsync(call, cancellationToken).ConfigureAwait(false);
        var updates = Updates(call);
        request.Output.Add([.. updates]);
        var response = updates.ToChatResponse();
        request.Responses.Add(response);
        return call.Fate is Fate.DiesAfterContent or Fate.DiesBeforeContent ? throw new IOException("reset") : response;
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var call = run.Begin(this);
        var updates = Updates(call);
        ClientRun.Request.Output.Add([.. updates]);
        ClientRun.Request.OpenStreams++;
        try
        {
            await EndAsync(call, cancellationToken).ConfigureAwait(false);
            foreach (var update in updates)
            {
                yield return update;
            }

            if (call.Fate is Fate.DiesAfterContent or Fate.DiesBeforeContent)
            {
                throw new IOException("reset");
            }
        }
        finally
        {
            ClientRun.Request.OpenStreams--;
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose() => Disposals++;

    private async Task EndAsync(Call call, CancellationToken token)
    {
        if (call.Fate == Fate.IsSilent)
        {
            await run.BeSilentAsync(token).ConfigureAwait(false);
        }
        else if (call.Fate == Fate.Fails)
        {
            throw ProviderException.Create(call.Kind, new ProviderFailure(Name, "scripted", null, call.RetryAfter == 0 ? null : TimeSpan.FromSeconds(call.RetryAfter), Cause: null));
        }
        else if (call.Fate == Fate.Breaks)
        {
            throw new InvalidOperationException("The client has a bug.");
        }
    }

    private List<ChatResponseUpdate> Updates(Call call)
    {
        List<ChatResponseUpdate> updates = [new() { Role = ChatRole.Assistant }];
        if (call.Fate is not (Fate.IsEmpty or Fate.DiesBeforeContent))
        {
            updates.Add(new(ChatRole.Assistant, $"{Name} "));
            updates.Add(new(ChatRole.Assistant, "speaks"));
        }

        if (call.Fate is not (Fate.IsCutOff or Fate.DiesAfterContent or Fate.DiesBeforeContent))
        {
            updates.Add(new() { FinishReason = ChatFinishReason.Stop });
        }

        return updates;
    }
}
