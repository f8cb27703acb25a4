namespace FlexiAI;

/// <summary>Decides whether a stream that broke off is taken up by another provider, and has that done.</summary>
/// <param name="settings">How often one stream may be taken up, and whether also where its failure is the caller's own fault.</param>
/// <param name="request">What the caller asked.</param>
internal sealed class StreamTakeUp(FailoverSettings settings, Func<ChatRequest> request)
{
    private FailureReport _lastFailure;
    private int _recoveries;

    /// <summary>Ends a part in its verdict, and finds another provider's to go on with.</summary>
    /// <param name="broken">The part that broke off.</param>
    /// <param name="isText">Whether it has told text and thinking alone.</param>
    /// <param name="cause">What ended it.</param>
    /// <param name="received">All text that the caller has.</param>
    /// <exception cref="StreamInterruptedException">The stream is not, or cannot be, taken up.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async ValueTask<Answer<OpenStream>> TakeUpAsync<TPart>(Answer<TPart> broken, bool isText, Exception cause, string received)
    {
        var run = broken.Run;
        if (cause is StreamDivergedException)
        {
            broken.Discard();
            throw new StreamInterruptedException(_lastFailure.Exception, received, run.Report.Attempts, broken.Provider.Name);
        }

        _lastFailure = broken.Fail(cause);
        if (isText
            && _recoveries++ < settings.MaxTakeUps
            && FailureTable.FailsOver(_lastFailure.Kind, settings.FailOverOnCallerFaults))
        {
            try
            {
                var call = new ContinuationCall(new Continuation(request(), received));
                return await FailoverLoop.TakeUpAsync<ContinuationCall, OpenStream>(call, run, broken.Provider).ConfigureAwait(false);
            }
            catch (AllProvidersFailedException)
            {
                // Every attempt is in the report; the failure that the caller is told is the one that broke the answer off.
            }
        }

        throw new StreamInterruptedException(_lastFailure.Exception, received, run.Report.Attempts);
    }
}
