using Microsoft.Extensions.Time.Testing;

namespace FlexiAI.Tests;

/// <summary>Clocks that are used again, by the token that their user sees.</summary>
public sealed class AttemptClockTests : IDisposable
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);

    private readonly FakeTimeProvider _time = new();
    private readonly ClockPool _pool;

    public AttemptClockTests() => _pool = new ClockPool(_time);

    public void Dispose() => _pool.Dispose();

    [Fact]
    public void A_clock_rings_when_its_limit_is_over_and_no_tick_before()
    {
        var clock = Start(Minute);

        _time.Advance(Minute - Tick);
        Assert.False(clock.Token.IsCancellationRequested || clock.HasRung);

        _time.Advance(Tick);
        Assert.True(clock.Token.IsCancellationRequested && clock.HasRung);
        Assert.Equal("No answer within 60 s.", clock.Failure.Message);
    }

    [Fact]
    public void A_clock_used_again_rings_by_its_own_limit_although_its_timer_was_left_running()
    {
        var first = Start(Minute);
        _time.Advance(Second);
        first.Dispose();
        var second = Again(first, Minute);

        _time.Advance(Minute - Tick);
        Assert.False(second.HasRung);

        _time.Advance(Tick);
        Assert.True(second.HasRung);
    }

    [Fact]
    public void A_limit_shorter_than_what_the_timer_is_set_for_rings_in_time()
    {
        var clock = Start(Minute);
        clock.Dispose();
        Again(clock, Second);

        _time.Advance(Second);

        Assert.True(clock.HasRung);
    }

    [Fact]
    public void A_timer_that_rings_while_the_clock_rests_is_set_again_by_the_next_use()
    {
        var clock = Start(Second);
        clock.Dispose();
        _time.Advance(Minute);
        Again(clock, Second);
        Assert.False(clock.HasRung);

        _time.Advance(Second);

        Assert.True(clock.HasRung);
    }

    [Fact]
    public void A_paused_clock_never_rings_and_its_next_limit_counts_from_the_restart()
    {
        var clock = Start(Second);
        clock.Pause();
        _time.Advance(Minute);
        Assert.False(clock.HasRung);

        clock.Restart(_pool.Now, Second, "update");
        _time.Advance(Second - Tick);
        Assert.False(clock.HasRung);
        _time.Advance(Tick);

        Assert.True(clock.HasRung);
        Assert.Equal("No update within 1 s.", clock.Failure.Message);
    }

    [Fact]
    public void A_clock_that_rang_stays_so_until_it_is_used_again_and_then_has_a_token_of_its_own()
    {
        var clock = Start(Second);
        _time.Advance(Second);
        clock.Restart(_pool.Now, Minute, "update");
        clock.RestartUntimed(Minute, "update");
        clock.Pause();
        Assert.True(clock.HasRung);
        Assert.Equal("No answer within 1 s.", clock.Failure.Message);
        var rung = clock.Token;

        clock.Dispose();
        var again = Again(clock, Second);

        Assert.False(again.HasRung || again.Token.IsCancellationRequested);
        Assert.True(rung.IsCancellationRequested);
    }

    [Fact]
    public void A_token_is_not_touched_by_what_its_clock_is_used_for_later()
    {
        var first = Start(Second);
        var token = first.Token;
        first.Dispose();

        var second = Again(first, Second);
        _time.Advance(Second);

        Assert.True(second.HasRung);
        Assert.False(token.IsCancellationRequested);
    }

    [Fact]
    public void Work_that_holds_its_thread_untimed_is_limited_from_the_timers_next_ring()
    {
        var clock = Start(Second);
        clock.RestartUntimed(Second, "update");

        _time.Advance(Second);
        Assert.False(clock.HasRung);

        _time.Advance(Second - Tick);
        Assert.False(clock.HasRung);
        _time.Advance(Tick);

        Assert.True(clock.HasRung);
    }

    [Fact]
    public void Untimed_work_is_timed_at_once_where_no_ring_is_set()
    {
        var clock = Start(Second);
        clock.Pause();
        _time.Advance(Second);

        clock.RestartUntimed(Minute, "update");
        _time.Advance(Minute);

        Assert.True(clock.HasRung);
    }

    [Fact]
    public void The_requests_token_ends_the_clocks_without_a_ring()
    {
        using var request = new CancellationTokenSource();
        var clock = _pool.Take();
        clock.Start(_pool.Now, Minute, "answer", request.Token);

        request.Cancel();

        Assert.True(clock.Token.IsCancellationRequested);
        Assert.False(clock.HasRung);
    }

    [Fact]
    public void A_request_that_ends_after_its_clock_was_given_back_does_not_reach_the_next_user()
    {
        using var request = new CancellationTokenSource();
        var clock = _pool.Take();
        clock.Start(_pool.Now, Minute, "answer", request.Token);
        clock.Dispose();
        var next = Again(clock, Minute);

        request.Cancel();

        Assert.False(next.Token.IsCancellationRequested);
    }

    [Fact]
    public void Clocks_in_use_are_never_the_same()
    {
        var clocks = Enumerable.Range(0, 40).Select(_ => Start(Minute)).ToList();
        clocks.ForEach(clock => clock.Dispose());

        var again = Enumerable.Range(0, 40).Select(_ => Start(Minute)).ToList();

        Assert.Equal(40, again.Distinct().Count());
    }

    private AttemptClock Start(TimeSpan limit) => Again(_pool.Take(), limit);

    private AttemptClock Again(AttemptClock clock, TimeSpan limit)
    {
        clock.Start(_pool.Now, limit, "answer", TestContext.Current.CancellationToken);
        return clock;
    }
}
