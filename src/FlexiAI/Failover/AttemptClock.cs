using System.Globalization;

namespace FlexiAI;

/// <summary>
/// The time limit of one attempt: a token that ends when the limit is over or the request is, and knows which. SDK timeouts cannot be trusted.
/// </summary>
internal sealed class AttemptClock : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly CancellationTokenRegistration _request;
    private readonly ITimer _timer;
    private TimeSpan _limit;
    private string _what;

    public AttemptClock(TimeProvider time, TimeSpan limit, string what, CancellationToken request)
    {
        _limit = limit;
        _what = what;
        Token = _source.Token;
        _request = request.UnsafeRegister(static state => ((AttemptClock)state!).Cancel(), this);
        _timer = time.CreateTimer(static state => ((AttemptClock)state!).Ring(), this, limit, Timeout.InfiniteTimeSpan);
    }

    public CancellationToken Token { get; }

    /// <summary>Whether the limit ran out.</summary>
    public bool HasRung { get; private set; }

    /// <summary>The failure that the clock's ringing is.</summary>
    public AnswerException Failure => new(
        FailureKind.Timeout,
        string.Create(CultureInfo.InvariantCulture, $"No {_what} within {_limit.TotalSeconds:0.###} s."));

    /// <summary>Starts another limit, for something else.</summary>
    public void Restart(TimeSpan limit, string what)
    {
        _limit = limit;
        _what = what;
        _timer.Change(limit, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Stops the time: the caller has its turn.</summary>
    public void Pause() => _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    public void Cancel()
    {
        try
        {
            _source.Cancel();
        }
        catch (Exception)
        {
            // Callbacks on the token are the SDK's; one that throws must not take a timer's or a caller's thread with it.
        }
    }

    public void Dispose()
    {
        // Not disposed: that would wait for a callback of the SDK's that another thread is in.
        _request.Unregister();
        _timer.Dispose();
        _source.Dispose();
    }

    private void Ring()
    {
        HasRung = true;
        Cancel();
    }
}
