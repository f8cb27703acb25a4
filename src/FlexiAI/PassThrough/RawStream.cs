using System.Runtime.CompilerServices;

namespace FlexiAI;

/// <summary>A stream that passes through, from its first content on: its events are read as they pass, and no byte of them changes.</summary>
internal sealed class RawStream : IDisposable
{
    private const int MostHeldEvents = 64;

    private readonly AttemptScope _attempt;
    private readonly HttpResponseMessage _response;
    private readonly Stream _stream;
    private readonly RawDialect _dialect;
    private readonly EventBuffer _events = new();
    private CancellationTokenRegistration _hangUp;
    private Exception? _broken;
    private bool _over;
    private bool _disposed;

    private RawStream(
        AttemptScope attempt, HttpResponseMessage response, Stream stream, RawDialect dialect, RawTally tally, IReadOnlyList<KeyValuePair<string, string>> headers)
    {
        (_attempt, _response, _stream, _dialect, Tally, Headers) = (attempt, response, stream, dialect, tally, headers);

        // A handler of the user's own may heed no token.
        _hangUp = attempt.Token.UnsafeRegister(static response => ((HttpResponseMessage)response!).Dispose(), response);
    }

    public RawTally Tally { get; }

    /// <summary>The provider's headers that a caller may want.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; }

    /// <summary>What closes a stream that is whole where its end mark never came.</summary>
    public ReadOnlyMemory<byte> MissingEnd => Tally.HasEnded ? default : _dialect.EndMark;

    /// <summary>Whether nothing but the end mark is missing.</summary>
    public bool IsWhole => _dialect.IsWhole(Tally);

    /// <summary>Whole events, until the next read; empty where there are none yet.</summary>
    public ReadOnlyMemory<byte> Current => _events.Taken;

    /// <summary>Whether the last event lacks the empty line that ends one.</summary>
    public bool EndsWithinEvent => _events.EndsWithinEvent;

    /// <summary>Reads a stream up to its first content: until then a failure is as unseen as that of a whole reply.</summary>
    /// <exception cref="AnswerException">It ended before that.</exception>
    public static async ValueTask<RawStream> OpenAsync(
        AttemptScope attempt, HttpResponseMessage response, RawDialect dialect, RawTally tally, IReadOnlyList<KeyValuePair<string, string>> headers)
    {
        var body = await response.Content.ReadAsStreamAsync(attempt.Token).ConfigureAwait(false);
        var stream = new RawStream(attempt, response, body, dialect, tally, headers);
        try
        {
            await stream.ReadToContentAsync().ConfigureAwait(false);
        }
        catch
        {
            stream.Dispose();
            throw;
        }

        attempt.Usage = tally.Usage;
        attempt.FirstContent();
        attempt.Clock.Pause();
        return stream;
    }

    /// <summary>Reads on to further whole events. False at the end of the stream, which is then known to be whole.</summary>
    /// <exception cref="Exception">The stream broke off, or is not what it should be; what came before has been handed on.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<bool> MoveNextAsync()
    {
        _events.Release();
        while (_broken is null && !_over)
        {
            if (TakeAll() || _broken is not null)
            {
                break;
            }

            if (!await _events.FillAsync(_stream, _attempt.Token).ConfigureAwait(false))
            {
                _over = true;
                TakeAll();
            }
        }

        if (Current.Length > 0)
        {
            return true;
        }

        if (_broken is not null)
        {
            throw _broken;
        }

        CheckEnd();
        return false;
    }

    /// <summary>Closes the connection, unless all of it was read.</summary>
    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            _hangUp.Unregister();
            _events.Dispose();
            _response.Dispose();
        }
    }

    private async ValueTask ReadToContentAsync()
    {
        var held = 0;
        while (true)
        {
            while (_events.TryTake())
            {
                ReadEvent();
                if (Tally.HasContent || ++held == MostHeldEvents)
                {
                    return;
                }
            }

            if (_over)
            {
                CheckEnd();
                return;
            }

            _over = !await _events.FillAsync(_stream, _attempt.Token).ConfigureAwait(false);
        }
    }

    private bool TakeAll()
    {
        var taken = false;
        var whole = _events.Taken.Length;
        try
        {
            while (_events.TryTake())
            {
                ReadEvent();
                taken = true;
                whole = _events.Taken.Length;
            }
        }
        catch (Exception e)
        {
            // The event that tells it is not handed on; those before it are.
            _broken = e;
            _events.KeepTaken(whole);
        }

        return taken && whole > 0;
    }

    private void ReadEvent()
    {
        if (_events.HasData)
        {
            _dialect.ReadEvent(_events.Data, Tally);
        }
    }

    private void CheckEnd()
    {
        if (_dialect.FinishesStreams)
        {
            AnswerCheck.ThrowIfUnfinished(Tally.IsFinished ? Tally.FinishReason : null, _attempt.Provider.Options.RequiresFinishReason || !Tally.HasContent);
        }

        _dialect.Check(Tally, requiresFinishReason: false);
    }
}
