using Microsoft.Extensions.AI;

namespace FlexiAI.Tests;

/// <summary>What an answer is like that two providers told.</summary>
public sealed class RecoveredAnswerTests
{
    private readonly FakeChat _a = new("a");
    private readonly FakeChat _b = new("b");

    [Fact]
    public async Task Trap18_An_answer_that_two_providers_told_is_one_message()
    {
        _a.Stream = _ => Broken(Named(null, "r1", Answers.Role()), Named("m1", "r1", Answers.Piece("one ")));
        _b.Stream = _ => FakeStream.Of(Named("m2", "r2", Answers.Role()), Named("m2", "r2", Answers.Piece("one two")), Named("m2", "r2", Answers.Finish()));
        using var lab = Continuing();

        var updates = await lab.Client.GetStreamingResponseAsync("Hello", cancellationToken: Lab.Stop).ToListAsync(Lab.Stop);

        Assert.All(updates[1..], update => Assert.Equal(("m1", "r1"), (update.MessageId, update.ResponseId)));
        Assert.Equal(["", "one ", "two", ""], updates.Select(update => update.Text));
        Assert.Equal("one two", Assert.Single(updates.ToChatResponse().Messages).Text);
    }

    [Fact]
    public async Task Each_part_names_its_provider_and_the_answer_the_one_that_finished_it()
    {
        _a.Stream = _ => Broken(Answers.Piece("one "));
        _b.Stream = _ => FakeStream.Of(Answers.Role(), Answers.Piece("one two"), Answers.Finish());
        using var lab = Continuing();
        var providers = new List<string?>();
        var updates = new List<ChatResponseUpdate>();

        await foreach (var update in lab.Client.GetStreamingResponseAsync("Hello", cancellationToken: Lab.Stop))
        {
            providers.Add(update.Provider);
            updates.Add(update);
        }

        Assert.Equal(["a", "b", null], providers);
        var response = updates.ToChatResponse();
        Assert.Equal(("b", "b"), (response.Provider, lab.Client.GetRequestStats().LastUsedProvider));
        Assert.Equal([("a", AttemptOutcome.Failure), ("b", AttemptOutcome.Success)], response.Attempts.Select(attempt => (attempt.Provider, attempt.Outcome)));
        Assert.Equal((1, 1), (lab.Client.GetRequestStats().TotalRequests, lab.Client.GetRequestStats().SuccessfulRequests));
        Assert.Equal((1, 1), (lab.Circuit("a").FailureCount, lab.Circuit("b").SuccessCount));
    }

    [Fact]
    public async Task Trap21_The_tokens_of_every_part_add_up()
    {
        _a.Stream = _ => Broken(Answers.Usage(10, 1), Answers.Piece("one "));
        _b.Stream = _ => FakeStream.Of(Answers.Usage(10, null), Answers.Piece("one "), Answers.Piece("two"), Answers.Usage(null, 4), Answers.Finish());
        using var lab = Continuing();

        var response = await lab.AskAsync(streamed: true);

        Assert.Equal((20, 5), (response.Usage!.InputTokenCount, response.Usage.OutputTokenCount));
        Assert.Equal([(10, 1), (10, 4)], response.Attempts.Select(attempt => (attempt.Usage!.InputTokenCount, attempt.Usage.OutputTokenCount)));
        Assert.Equal((10, 1, 10, 4), (lab.Stats("a").InputTokens, lab.Stats("a").OutputTokens, lab.Stats("b").InputTokens, lab.Stats("b").OutputTokens));
    }

    [Fact]
    public async Task Trap21_Tokens_that_broken_parts_told_in_their_raw_updates_alone_add_up_too()
    {
        _a.Stream = call => call.Number == 1
            ? Broken(Answers.Piece("one "), Answers.Piece("two "))
            : FakeStream.Of(Answers.Piece("one two three"), Answers.Usage(7, 3), Answers.Finish());
        _b.Stream = _ => Broken(Answers.Piece("one "));
        await using var client = new FlexiClient(new FlexiOptions
        {
            Providers =
            [
                new TestProvider { Name = "a", ApiKey = "k", Model = "m", MakeChat = _ => _a, InputTokensOfBrokenStreams = 90 },
                new TestProvider { Name = "b", ApiKey = "k", Model = "m", MakeChat = _ => _b, InputTokensOfBrokenStreams = 5, Priority = 2 },
            ],
            StreamRecovery = StreamRecovery.Continue,
        });

        var response = await client.GetStreamingResponseAsync("Hello", cancellationToken: Lab.Stop).ToChatResponseAsync(Lab.Stop);

        Assert.Equal(("one two three", 102, 3), (response.Text, response.Usage!.InputTokenCount, response.Usage.OutputTokenCount));
        Assert.Equal([90, 5, 7], response.Attempts.Select(attempt => attempt.Usage!.InputTokenCount));
    }

    [Fact]
    public async Task Trap21_Tokens_that_nobody_told_stay_unknown()
    {
        _a.Stream = _ => Broken(Answers.Piece("one "));
        _b.Stream = _ => FakeStream.Of(Answers.Piece("one two"), Answers.Finish());
        using var lab = Continuing();

        var response = await lab.AskAsync(streamed: true);

        Assert.Null(response.Usage);
        Assert.All(response.Attempts, attempt => Assert.Null(attempt.Usage));
        Assert.Equal(1, lab.Stats("b").UsageUnknown);
    }

    [Fact]
    public async Task Thinking_that_led_to_words_which_the_caller_has_is_left_out()
    {
        _a.Stream = _ => Broken(Thought("hm"), Answers.Piece("one "));
        _b.Stream = _ => FakeStream.Of(Thought("well"), Answers.Piece("one "), Thought("so"), Answers.Piece("two"), Thought("done"), Answers.Finish());
        using var lab = Continuing();

        var response = await lab.AskAsync(streamed: true);

        Assert.Equal(("one two", "hmdone"), (response.Text, string.Concat(response.Messages[0].Contents.OfType<TextReasoningContent>())));
    }

    [Fact]
    public async Task A_stream_that_broke_off_while_it_was_thinking_is_asked_anew()
    {
        _a.Stream = _ => Broken(Thought("hm"));
        _b.Stream = _ => FakeStream.Of(Thought("well"), Answers.Piece("one"), Answers.Finish());
        using var lab = Continuing();
        lab.Entry("b").AcceptsPrefill = true;

        var response = await lab.AskAsync(streamed: true);

        Assert.Equal(("one", 1), (response.Text, _b.LastCall.Messages.Count()));
    }

    [Fact]
    public async Task Updates_that_are_wholly_new_come_as_they_are_and_those_that_are_cut_are_copies()
    {
        ChatResponseUpdate[] told = [Answers.Piece("one tw"), Answers.Piece("o"), Answers.Finish()];
        told[0].RawRepresentation = told[1].RawRepresentation = "raw";
        _a.Stream = _ => Broken(Answers.Piece("one "));
        _b.Stream = _ => FakeStream.Of(told);
        using var lab = Continuing();

        var updates = await lab.Client.GetStreamingResponseAsync("Hello", cancellationToken: Lab.Stop).ToListAsync(Lab.Stop);

        Assert.Equal(("one tw", "tw", null), (told[0].Text, updates[1].Text, updates[1].RawRepresentation));
        Assert.Equal(told[1..], updates[2..]);
        Assert.Equal("raw", updates[2].RawRepresentation);
    }

    [Fact]
    public async Task A_caller_who_gives_up_while_the_stream_is_being_taken_up_is_answered_at_once()
    {
        using var stop = new CancellationTokenSource();
        var silent = FakeStream.Of(Answers.Role()).ThenWait(new TaskCompletionSource<bool>().Task);
        _a.Stream = _ => Broken(Answers.Piece("one "));
        _b.Stream = _ => silent;
        using var lab = Continuing();
        var asking = lab.AskAsync(streamed: true, stop.Token);
        await _b.Arrival(1);

        await stop.CancelAsync();

        Assert.Equal(stop.Token, (await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking)).CancellationToken);
        Assert.Equal((0, 1, 1), (lab.Circuit("b").FailureCount, lab.Stats("b").Cancelled, lab.Client.GetRequestStats().CancelledRequests));
    }

    [Fact]
    public async Task A_caller_who_disposes_while_the_stream_is_being_taken_up_cancels_that()
    {
        var silent = FakeStream.Of(Answers.Role()).ThenSilence();
        _a.Stream = _ => Broken(Answers.Piece("one "));
        _b.Stream = _ => silent;
        using var lab = Continuing();
        var reading = lab.Client.GetStreamingResponseAsync("Hello", cancellationToken: Lab.Stop).GetAsyncEnumerator(Lab.Stop);
        Assert.True(await reading.MoveNextAsync());
        var pending = reading.MoveNextAsync().AsTask();
        await _b.Arrival(1);

        await reading.DisposeAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pending);
        Assert.Equal((1, 1), (lab.Stats("b").Cancelled, lab.Client.GetRequestStats().CancelledRequests));
    }

    [Fact]
    public async Task The_deadline_of_the_request_covers_every_part()
    {
        _a.Stream = _ => Broken(Answers.Piece("one "));
        _b.Stream = _ => FakeStream.Of(Answers.Role()).ThenSilence();
        using var lab = Continuing();
        lab.Options.RequestTimeout = TimeSpan.FromSeconds(20);
        var asking = Assert.ThrowsAsync<StreamInterruptedException>(() => lab.AskAsync(streamed: true));
        await _b.Arrival(1);

        lab.Time.Advance(TimeSpan.FromSeconds(20));
        var failure = await asking;

        Assert.Equal(("one ", "No answer to the request within 20 s."), (failure.TextSoFar, failure.Attempts[1].Reason));
    }

    [Fact]
    public async Task A_stream_that_the_deadline_ended_is_not_taken_up()
    {
        _a.Stream = _ => FakeStream.Of(Answers.Piece("one ")).ThenSilence();
        using var lab = Continuing();
        lab.Options.RequestTimeout = TimeSpan.FromSeconds(20);
        var asking = Assert.ThrowsAsync<StreamInterruptedException>(() => lab.AskAsync(streamed: true));
        await _a.Arrival(1);

        lab.Time.Advance(TimeSpan.FromSeconds(20));

        Assert.Equal((FailureKind.Timeout, 0), ((await asking).Kind, _b.Calls));
    }

    private static ChatResponseUpdate Thought(string text) => new(ChatRole.Assistant, [new TextReasoningContent(text)]);

    private static ChatResponseUpdate Named(string? message, string? response, ChatResponseUpdate update)
    {
        (update.MessageId, update.ResponseId) = (message, response);
        return update;
    }

    private static FakeStream Broken(params ChatResponseUpdate[] updates) => FakeStream.Of(updates).ThenFail(new IOException("reset"));

    private Lab Continuing() => new(_a, _b) { Options = { StreamRecovery = StreamRecovery.Continue } };
}
