using Microsoft.Extensions.AI;

namespace FlexiAI.Tests;

/// <summary>One caller of one stream, and how it leaves.</summary>
/// <param name="client">The client it asks.</param>
/// <param name="plan">What it does.</param>
/// <param name="here">Called when its first read has begun.</param>
/// <param name="everyoneIsHere">Ends when all callers' first reads have begun; those that leave early do not wait for it.</param>
internal sealed class Caller(FlexiClient client, Plan plan, Action here, Task everyoneIsHere)
{
    private CancellationTokenSource? _token;

    /// <summary>
    /// The enumerator, so that a connection that it has not closed is not closed by the collector. Null for one that was abandoned: that is
    /// what the collector is to end.
    /// </summary>
    public IAsyncEnumerator<ChatResponseUpdate>? Kept { get; set; }

    public WeakReference? Enumerator { get; private set; }

    public async Task<Ending> RunAsync(CancellationToken test)
    {
        _token = CancellationTokenSource.CreateLinkedTokenSource(test);
        var stream = client.GetStreamingResponseAsync(plan.Behaviour.ToString(), cancellationToken: _token.Token).GetAsyncEnumerator(test);
        (Enumerator, Kept) = (new(stream), plan.Leaving == Leaving.Abandons ? null : stream);
        try
        {
            return await (plan.Leaving == Leaving.DisposesWhileReading ? DisposeWhileReadingAsync(stream) : ReadAsync(stream));
        }
        catch (OperationCanceledException e) when (e.CancellationToken == _token!.Token || plan.Leaving == Leaving.DisposesWhileReading)
        {
            return Ending.Cancelled;
        }
        catch (AllProvidersFailedException e) when (e.Attempts.All(attempt => attempt.Outcome == AttemptOutcome.Skipped))
        {
            return Ending.Refused;
        }
        catch (Exception e) when (e is StreamInterruptedException or AllProvidersFailedException)
        {
            return Ending.Failed;
        }
        finally
        {
            if (plan.Leaving != Leaving.Abandons)
            {
                await stream.DisposeAsync();
            }

            _token.Dispose();
        }
    }

    private async Task<Ending> ReadAsync(IAsyncEnumerator<ChatResponseUpdate> stream)
    {
        if (plan is { Leaving: Leaving.Cancels, IsEarly: true })
        {
            // Before the first read, before the connection, before the headers: whatever the moment hits.
            _token!.CancelAfter(plan.Patience / 20);
        }

        var (updates, read) = (0, Begin(stream));
        await everyoneIsHere;
        if (plan is { Leaving: Leaving.Cancels, IsEarly: false, WaitsForCut: false })
        {
            _token!.CancelAfter(plan.Patience);
        }

        while (await read)
        {
            updates++;
            if (plan is { Leaving: Leaving.Cancels, IsEarly: false, WaitsForCut: true } && updates == Behaviours.WordsBeforeCut)
            {
                _token!.CancelAfter(plan.Patience);
            }

            if (updates == plan.Updates)
            {
                if (plan.Leaving is Leaving.Breaks or Leaving.Abandons)
                {
                    break;
                }

                if (plan.Leaving == Leaving.CancelsBetweenUpdates)
                {
                    await _token!.CancelAsync();
                }
            }

            read = stream.MoveNextAsync().AsTask();
        }

        return Ending.Succeeded;
    }

    private async Task<Ending> DisposeWhileReadingAsync(IAsyncEnumerator<ChatResponseUpdate> stream)
    {
        var (updates, read) = (0, Begin(stream));
        var patience = LosePatienceAsync();
        while (true)
        {
            await Task.WhenAny(read, patience);
            if (!read.IsCompleted || (updates >= plan.Updates && patience.IsCompleted))
            {
                break;
            }

            if (!await read)
            {
                return Ending.Succeeded;
            }

            updates++;
            read = stream.MoveNextAsync().AsTask();
        }

        await stream.DisposeAsync();
        await read;
        return Ending.Succeeded;
    }

    private Task<bool> Begin(IAsyncEnumerator<ChatResponseUpdate> stream)
    {
        var read = stream.MoveNextAsync().AsTask();
        here();
        return read;
    }

    private async Task LosePatienceAsync()
    {
        await (plan.IsEarly ? Task.CompletedTask : everyoneIsHere);
        await Task.Delay(plan.IsEarly ? plan.Patience / 20 : plan.Patience);
    }
}
