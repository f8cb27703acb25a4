namespace FlexiAI.Tests;

public sealed class UseCountTests
{
    private int _ended;

    [Fact]
    public void It_tells_once_and_only_when_it_is_closed_and_the_last_use_has_ended()
    {
        var count = new UseCount(() => _ended++);
        Assert.True(count.TryBegin());
        Assert.True(count.TryBegin());
        count.End();
        count.End();
        Assert.True(count.TryBegin());
        Assert.Equal(0, _ended);

        count.Close();
        Assert.Equal(0, _ended);
        Assert.False(count.TryBegin());
        Assert.Equal(0, _ended);
        count.End();

        Assert.Equal(1, _ended);
        Assert.False(count.TryBegin());
        Assert.Equal(1, _ended);
    }

    [Fact]
    public void What_was_never_used_ends_when_it_is_closed()
    {
        new UseCount(() => _ended++).Close();

        Assert.Equal(1, _ended);
    }

    [Fact]
    public async Task While_many_threads_use_it_it_never_tells_with_a_use_under_way_and_always_at_last()
    {
        for (var round = 0; round < 200; round++)
        {
            var (inUse, wrong, ended) = (0, 0, 0);
            var count = new UseCount(() =>
            {
                Interlocked.Add(ref wrong, Volatile.Read(ref inUse));
                Interlocked.Increment(ref ended);
            });
            var users = Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
            {
                while (count.TryBegin())
                {
                    Interlocked.Increment(ref inUse);
                    Thread.SpinWait(20);
                    Interlocked.Decrement(ref inUse);
                    count.End();
                }
            })).ToList();
            Thread.SpinWait(2_000);
            count.Close();
            await Task.WhenAll(users);

            Assert.Equal((0, 1), (wrong, ended));
        }
    }
}
