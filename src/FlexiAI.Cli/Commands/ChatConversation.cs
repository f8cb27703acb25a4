using System.Globalization;
using Microsoft.Extensions.AI;

namespace FlexiAI.Cli;

/// <summary>One question: its answer streamed, then a line that says who answered.</summary>
internal sealed record ChatConversation(FlexiClient Client, Terminal Terminal, bool IsSimulated)
{
    public async Task AskAsync(IEnumerable<ChatMessage> messages, CancellationToken cancelled)
    {
        var begin = TimeProvider.System.GetTimestamp();
        var updates = new List<ChatResponseUpdate>();
        try
        {
            await foreach (var update in Client.GetStreamingResponseAsync(messages, cancellationToken: cancelled).ConfigureAwait(false))
            {
                updates.Add(update);
                await Terminal.Out.WriteAsync(Terminal.IsRich ? Printable.Of(update.Text) : update.Text).ConfigureAwait(false);
                await Terminal.Out.FlushAsync(cancelled).ConfigureAwait(false);
            }
        }
        finally
        {
            if (updates.Count > 0)
            {
                await Terminal.Out.WriteLineAsync().ConfigureAwait(false);
            }
        }

        await Terminal.Error.WriteLineAsync(Printable.Of(Describe(updates, TimeProvider.System.GetElapsedTime(begin)))).ConfigureAwait(false);
    }

    private string Describe(List<ChatResponseUpdate> updates, TimeSpan elapsed)
    {
        var provider = updates.Select(update => update.Provider).FirstOrDefault(name => name is not null) ?? "?";
        var attempts = updates.Select(update => update.Attempts).FirstOrDefault(list => list.Count > 0) ?? [];
        var model = (attempts.Count > 0 ? attempts[^1].Model : null) ?? Client.GetProviderStatus().First(status => status.Name == provider).Model;
        var asked = attempts.Count(attempt => attempt.Outcome != AttemptOutcome.Skipped);
        var usage = updates.ToChatResponse().Usage;
        string[] parts =
        [
            $"{provider}{(IsSimulated ? " (simulated)" : "")}",
            model ?? "its own model",
            asked == 1 ? "1 attempt" : string.Create(CultureInfo.InvariantCulture, $"{asked} attempts ({Others(attempts)})"),
            Words.Seconds(elapsed),
            usage is null ? "tokens unknown" : string.Create(CultureInfo.InvariantCulture, $"{usage.InputTokenCount} tokens in, {usage.OutputTokenCount} out"),
        ];
        return $"Answered by {string.Join(", ", parts)}.";
    }

    private static string Others(IReadOnlyList<Attempt> attempts) => string.Join(
        "; ", attempts.Where(attempt => attempt.Outcome == AttemptOutcome.Failure).Select(attempt => $"{attempt.Provider} failed: {attempt.Kind}"));
}
