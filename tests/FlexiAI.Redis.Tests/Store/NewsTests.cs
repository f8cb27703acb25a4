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
        List<CircuitNews?> told = [];

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
        await Moved(a.Acquire("three"), "a");
        await a.Report("three", CircuitVote.Neutral);
        await a.Acquire("four");
        await Moved(a.Report("four", CircuitVote.Ok), "a");
        await Moved(b.Force(isolated: true));
        await b.Read();
        await Moved(b.Force(isolated: false));

        List<CircuitNews?> news = [];
        while (news.Count < told.Count)
        {
            news.Add(CircuitNews.Parse((await heard.ReadAsync(token)).Message));
        }

        // Garnet keeps no order, and none is needed.
        Assert.Equal(told, news.OrderBy(one => one?.View.Epoch));
        Assert.False(heard.TryRead(out _));

        async Task Moved(Task<CircuitView> transition, string teller = "b") =>
            told.Add(new("my {odd} name: 1", teller, await transition with { Accepted = false, Leases = 0, Age = TimeSpan.Zero, StoreTime = 0 }));
    }

    [Theory]
    [InlineData("17 0 0 0 Ok a b openai", 17, CircuitState.Closed, 0, 0, "Ok", "a", "b", "openai")]
    [InlineData("17 0 0 0    ", 17, CircuitState.Closed, 0, 0, "", "", "", "")]
    [InlineData("1800000000000000 1 30000 2 Server%20error a%25b:1 %20 o%0A%C3", 1_800_000_000_000_000, CircuitState.Open, 30_000, 2, "Server error", "a%b:1", " ", "o\n%C3")]
    public void News_are_read(string message, long epoch, CircuitState state, int remaining, int opens, string cause, string by, string teller, string circuit) =>
        Assert.Equal(
            new CircuitNews(circuit, teller, new()
            {
                Epoch = epoch,
                State = state,
                Remaining = TimeSpan.FromMilliseconds(remaining),
                Opens = opens,
                Cause = cause,
                By = by,
                OtherSettings = "",
            }),
            CircuitNews.Parse(message));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("17 openai")]
    [InlineData("17 0 0 0 Ok a b openai more")]
    [InlineData("-1 0 0 0 Ok a b openai")]
    [InlineData("99999999999999999999 0 0 0 Ok a b openai")]
    [InlineData("17 4 0 0 Ok a b openai")]
    [InlineData("17 1 3000000000 0 Ok a b openai")]
    [InlineData("17 1 x 0 Ok a b openai")]
    [InlineData("17 1 0 3000000000 Ok a b openai")]
    public void What_is_no_news_is_none(string? message) => Assert.Null(CircuitNews.Parse(message));
}
