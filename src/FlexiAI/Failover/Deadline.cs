namespace FlexiAI;

/// <summary>The time that a request has, all attempts together; it stands still while the caller holds an update of a stream.</summary>
internal sealed class Deadline : IDisposable
{
    private const string Awaited = "answer to the request";

    private readonly ClockPool _clocks;
    private readonly TimeSpan _limit;
    private AttemptClock? _clock;
    private TimeSpan _left;
    private long _since;
    private bool _runs = true;

    public Deadline(ClockPool clocks, TimeSpan limit, CancellationToken caller)
    {
        _clocks = clocks;
        _limit = _left = limit;
        _since = clocks.Now;
        _clock = clocks.Take();
        _clock.Start(_since, limit, Awaited, caller);
        Token = _clock.Token;
    }

    /// <summary>Ends when the time is over, and with the caller's own.</summary>
    public CancellationToken Token { get; }

    public bool HasPassed => _clock is { HasRung: true };

    public AnswerException Failure => AttemptClock.FailureOf(_limit, Awaited);

    public bool HasTimeFor(TimeSpan wait) => _clock?.HasTimeFor(wait) ?? true;

    public void Pause()
    {
        if (_runs && _clock is not null)
        {
            _runs = false;
            _clock.Pause();
            var left = _left - _clocks.Span(_clocks.Now - _since);
            _left = left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    public void Resume()
    {
        if (!_runs && _clock is not null)
        {
            _runs = true;
            _since = _clocks.Now;
            _clock.Restart(_since, _left, Awaited);
        }
    }

    public void Dispose()
    {
        _clock?.Dispose();
        _clock = null;
    }
}
