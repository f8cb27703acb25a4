namespace FlexiAI.Tests;

/// <summary>Names, environment variables, clients made on first use.</summary>
public sealed class ProviderEntriesTests
{
    [Fact]
    public void Unnamed_entries_are_named_after_their_type_and_then_numbered()
    {
        using var client = Client(Entry(), Entry(), Entry("test-2"), Entry());

        Assert.Equal(["test", "test-3", "test-2", "test-4"], client.GetProviderStatus().Select(status => status.Name));
    }

    [Fact]
    public async Task Two_entries_of_one_type_have_a_status_each()
    {
        var (good, bad) = (Entry(), Entry());
        bad.MakeChat = _ => new FakeChat("bad").Failing(FailureKind.ModelNotFound);
        await using var client = Client(bad, good);
        client.SetPrimaryProvider("test");

        Assert.Equal("test-2", (await Microsoft.Extensions.AI.ChatClientExtensions.GetResponseAsync(client, "Hello", cancellationToken: Lab.Stop)).Provider);

        Assert.Equal([1, 0], client.GetProviderStatus().Select(status => status.CircuitBreaker.FailureCount));
        Assert.Equal([0, 1], client.GetProviderStatus().Select(status => status.CircuitBreaker.SuccessCount));
    }

    [Fact]
    public void Environment_variables_fill_in_missing_keys_and_leave_the_users_entry_alone()
    {
        var entry = new TestProvider { Model = "m" };
        using var client = new FlexiClient(new FlexiOptions { Providers = [entry], Environment = name => name == "TEST_API_KEY" ? "from-environment" : null });

        Assert.Null(entry.ApiKey);
        Assert.Null(entry.Name);
    }

    [Fact]
    public async Task A_client_that_cannot_be_made_is_InvalidConfiguration_and_is_made_again_for_the_next_request()
    {
        var entry = Entry();
        var made = 0;
        entry.MakeChat = _ => ++made == 1 ? throw new UnauthorizedAccessException("The key file cannot be read.") : new FakeChat("made");
        await using var client = Client(entry);

        var failure = await Assert.ThrowsAsync<AllProvidersFailedException>(() => AskAsync(client));

        Assert.Equal((FailureKind.InvalidConfiguration, "The key file cannot be read."), (failure.Attempts[0].Kind, failure.Attempts[0].Reason));
        Assert.IsType<UnauthorizedAccessException>(failure.InnerException!.InnerException);
        Assert.Equal("test", (await AskAsync(client)).Provider);
        await AskAsync(client);
        Assert.Equal(2, made);
    }

    [Fact]
    public async Task The_http_client_is_the_engines_without_a_timeout_and_is_disposed_with_it()
    {
        var entry = Entry();
        HttpClient? seen = null;
        var chat = new FakeChat("made");
        entry.MakeChat = http =>
        {
            seen = http;
            return chat;
        };
        var client = Client(entry);
        await AskAsync(client);
        Assert.Equal(Timeout.InfiniteTimeSpan, seen!.Timeout);

        await client.DisposeAsync();

        Assert.Equal(1, chat.Disposals);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => seen.GetAsync(new Uri("http://localhost"), Lab.Stop));
    }

    [Fact]
    public async Task A_request_that_meets_disposal_fails()
    {
        var second = Entry();
        FlexiClient? client = null;
        var first = Entry();
        var chat = new FakeChat("first");
        chat.Reply = _ =>
        {
            client!.Dispose();
            throw Answers.Failure(FailureKind.ServerError);
        };
        first.MakeChat = _ => chat;
        first.MaxRetries = 0;
        (first.Priority, second.Priority) = (1, 2);
        client = Client(first, second);

        await Assert.ThrowsAsync<AllProvidersFailedException>(() => AskAsync(client));
    }

    [Fact]
    public void The_probe_time_covers_the_longest_attempt_and_no_more_than_a_day()
    {
        Assert.Equal(TimeSpan.FromSeconds(75), Of(TimeSpan.FromSeconds(60)));
        Assert.Equal(TimeSpan.FromDays(1), Of(TimeSpan.FromDays(1)));

        static TimeSpan Of(TimeSpan timeout)
        {
            using var provider = new Provider(new TestProvider { Name = "x", Timeout = timeout }, new CircuitBreakerOptions(), TimeProvider.System);
            return provider.ProbeTimeout;
        }
    }

    private static TestProvider Entry(string? name = null) => new() { Name = name, Model = "m", ApiKey = "key" };

    private static FlexiClient Client(params ProviderOptions[] entries) => new(new FlexiOptions { Providers = [.. entries] });

    private static Task<Microsoft.Extensions.AI.ChatResponse> AskAsync(FlexiClient client) =>
        Microsoft.Extensions.AI.ChatClientExtensions.GetResponseAsync(client, "Hello", cancellationToken: Lab.Stop);
}
