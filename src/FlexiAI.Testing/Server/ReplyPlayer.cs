using System.Text;
using System.Text.Json.Nodes;

namespace FlexiAI.Testing;

/// <summary>Sends an answer as a plan says: at its speed, up to its break.</summary>
internal sealed class ReplyPlayer(Exchange exchange, PlayPlan plan)
{
    public Task PlayAsync(WireReply reply)
    {
        // What the vendor refuses is not an answer to be played with.
        if (reply.Status != 200)
        {
            return exchange.SendWholeAsync(reply, WireJson.ToText(reply.Body!), "application/json");
        }

        if (plan.SpoilsTheReply)
        {
            exchange.Break();
        }

        return reply.Frames is { } frames ? PlayStreamAsync(reply, frames) : PlayWholeAsync(reply, reply.Body!);
    }

    private async Task PlayStreamAsync(WireReply reply, IReadOnlyList<Frame> frames)
    {
        await exchange.StartAsync(200, plan.ContentType ?? reply.ContentType, reply.Headers).ConfigureAwait(false);
        if (plan.OmitEverything)
        {
            return;
        }

        var (tokens, broke) = (0, plan.Break == Breakage.None);
        foreach (var frame in frames.Where(IsPlayed))
        {
            if (!broke && (frame.Kind is FrameKind.Tail || (frame.Kind is FrameKind.Token && tokens == plan.BreakAt)))
            {
                broke = true;
                if (!await BreakStreamAsync().ConfigureAwait(false))
                {
                    return;
                }

                // The broken chunk stood in the place of this one.
                continue;
            }

            if (frame.Kind is FrameKind.Token)
            {
                await exchange.DelayAsync(tokens++ == 0 ? plan.FirstTokenDelay : plan.TokenDelay).ConfigureAwait(false);
            }

            await exchange.WriteAsync(frame.Text).ConfigureAwait(false);
        }
    }

    private bool IsPlayed(Frame frame) => frame.Kind switch
    {
        FrameKind.Block or FrameKind.Token or FrameKind.Tail => !plan.OmitContent,
        FrameKind.Done => !plan.OmitDone,
        _ => true,
    };

    /// <returns>Whether the stream goes on.</returns>
    private async Task<bool> BreakStreamAsync()
    {
        switch (plan.Break)
        {
            case Breakage.BrokenChunk:
                await exchange.WriteAsync(exchange.Wire.BrokenFrame.Text).ConfigureAwait(false);
                return true;
            case Breakage.ErrorEvent:
                await exchange.WriteAsync(exchange.Wire.ErrorEvent(exchange.Request).Text).ConfigureAwait(false);
                return false;
            default:
                await BreakConnectionAsync().ConfigureAwait(false);
                return false;
        }
    }

    private async Task PlayWholeAsync(WireReply reply, JsonNode body)
    {
        var slow = plan.FirstTokenDelay + (plan.TokenDelay * Math.Max(0, reply.Tokens - 1));
        await exchange.DelayAsync(slow).ConfigureAwait(false);
        if (plan.OmitContent)
        {
            body[exchange.Wire.ContentProperty] = new JsonArray();
        }

        var text = plan.Break == Breakage.ErrorEvent ? ErrorText() : plan.OmitEverything ? "" : WireJson.ToText(body);
        var contentType = plan.ContentType ?? "application/json";
        switch (plan.Break)
        {
            case Breakage.None or Breakage.ErrorEvent:
                await exchange.SendWholeAsync(reply, text, contentType).ConfigureAwait(false);
                break;
            case Breakage.CleanEnd:
                await exchange.SendWholeAsync(reply, text[..(text.Length / 2)], contentType).ConfigureAwait(false);
                break;
            case Breakage.BrokenChunk:
                await exchange.SendWholeAsync(reply, exchange.Wire.BrokenChunk, contentType).ConfigureAwait(false);
                break;
            default:
                var bytes = Encoding.UTF8.GetBytes(text);
                await exchange.StartAsync(200, contentType, reply.Headers, bytes.Length).ConfigureAwait(false);
                await exchange.WriteAsync(bytes.AsMemory(0, bytes.Length / 2)).ConfigureAwait(false);
                await BreakConnectionAsync().ConfigureAwait(false);
                break;
        }
    }

    private string ErrorText() =>
        WireJson.ToText(exchange.Wire.Error(exchange.Request, new VendorError(VendorErrorKind.ServerError)).Body!);

    private Task BreakConnectionAsync()
    {
        switch (plan.Break)
        {
            case Breakage.Reset:
                return exchange.ResetAsync();
            case Breakage.Stall:
                return exchange.SilenceAsync();
            case Breakage.Truncation:
                exchange.Truncate();
                return Task.CompletedTask;
            default:
                return Task.CompletedTask;
        }
    }
}
