namespace FlexiAI.Tests;

public class NewsTests(StoreServers servers)
{
    [Theory(Timeout = 60_000)]
    [ClassData(typeof(EachEngine))]
    public async Task Every_transition_tells_its_epoch_and_what_is_no_transition_tells_nothing(Engine engine)
    {
        var token = TestContext.Current.CancellationToken;
        var fleet = new Fleet(servers.Database(engine), quorum: 2, name: "my {odd} name: 1");
        await using var connection = await StoreServers.ConnectAsync(servers.Endpoint(engine));
        var heard = await connection.GetSubscriber().SubscribeAsync(fleet.Keys.Channel);
        var (a, b) = (fleet.Join("a"), fleet.Join("b"));
        List<long> epochs = [];

        await a.Trip();
        await Moved(b.Trip());
        await b.Trip();
        await b.Extend(TimeSpan.FromMinutes(2));
        await fleet.EndBreakAsync();
        await Moved(b.Acquire("one"));
        await b.Renew("one", TimeSpan.FromHours(1));
        await b.Acquire("two");
        await Moved(b.Report("one", CircuitVote.Fail));
        await fleet.LoseAsync();
        await Moved(b.Assert(TimeSpan.Zero));
        await Moved(b.Acquire("three"));
        await b.Report("three", CircuitVote.Neutral);
        await b.Acquire("four");
        await Moved(b.Report("four", CircuitVote.Ok));
        await Moved(b.Force(isolated: true));
        await b.Read();
        await Moved(b.Force(isolated: false));

        List<CircuitNews?> news = [];
        while (news.Count < epochs.Count)
        {
            news.Add(CircuitNews.Parse((await heard.ReadAsync(token)).Message));
        }

        // Garnet keeps no order, and none is needed.
        Assert.Equal(epochs.Select(epoch => (CircuitNews?)new CircuitNews("my {odd} name: 1", epoch)), news.OrderBy(told => told?.Epoch));
        Assert.False(heard.TryRead(out _));

        async Task Moved(Task<CircuitView> transition) => epochs.Add((await transition).Epoch);
    }

    [Theory]
    [InlineData("17 openai", "openai", 17)]
    [InlineData("17 ", "", 17)]
    [InlineData("1800000000000000 a b", "a b", 1_800_000_000_000_000)]
    public void News_are_read(string message, string circuit, long epoch) => Assert.Equal(new CircuitNews(circuit, epoch), CircuitNews.Parse(message));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("openai")]
    [InlineData(" openai")]
    [InlineData("-1 openai")]
    [InlineData("99999999999999999999 openai")]
    public void What_is_no_news_is_none(string? message) => Assert.Null(CircuitNews.Parse(message));
}
