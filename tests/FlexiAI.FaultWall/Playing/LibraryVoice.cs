using Microsoft.Extensions.AI;

namespace FlexiAI.FaultWall;

/// <summary>Asks the library, in its own process.</summary>
internal sealed class LibraryVoice(IChatClient client) : IVoice
{
    public async Task<Reply> AskAsync(bool streamed, Heard heard, CancellationToken cancellationToken)
    {
        if (!streamed)
        {
            return Reply.Of(await client.GetResponseAsync(Heard.Question, cancellationToken: cancellationToken));
        }

        List<ChatResponseUpdate> updates = [];
        return await heard.StreamAsync(client, updates, cancellationToken)
            ? Reply.Of(updates.ToChatResponse()) with { Text = heard.Text }
            : new Reply { Hung = true, Text = heard.Text };
    }
}
