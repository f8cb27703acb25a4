using Microsoft.Extensions.AI;

namespace FlexiAI.Tests;

/// <summary>A stream that breaks off under <see cref="StreamRecovery.Continue"/>: the caller receives one whole answer, or an error.</summary>
public sealed class StreamRecoveryTests
{
    private readonly FakeChat _a = new("a");
    private readonly FakeChat _b = new("b");
    private readonly FakeChat _c = new("c");

    [Fact]
    public async Task A_provider_that_accepts_a_prefill_goes_on_where_the_answer_broke_off()
    {
        _a.Stream = _ => Broken("one ", "two ");
        _b.Stream = _ => FakeStream.Of(Answers.Role(), Answers.Piece(" three"), Answers.Finish());
        using var lab = Continuing();
        lab.Entry("b").AcceptsPrefill = true;

        var response = await lab.AskAsync(streamed: true);

        Assert.Equal("one two three", response.Text);
        Assert.Equal([ChatRole.User, ChatRole.Assistant], _b.LastCall.Messages.Select(message => message.Role));
        Assert.Equal("one two", _b.LastCall.Messages.Last().Text);
    }

    [Fact]
    public async Task Without_prefill_the_answer_is_asked_anew_and_what_the_caller_has_is_left_out()
    {
        _a.Stream = _ => Broken("one ", "two ");
        _b.Stream = _ => FakeStream.Of(Answers.Role(), Answers.Piece("on"), Answers.Piece("e two th"), Answers.Piece("ree"), Answers.Finish());
        using var lab = Continuing();

        var updates = await UpdatesAsync(lab);

        Assert.Equal(["one ", "two ", "th", "ree", ""], updates.Select(update => update.Text));
        Assert.Equal("Hello", Assert.Single(_b.LastCall.Messages).Text);
    }

    [Theory]
    [InlineData("one TWO three", "one ")]
    [InlineData("One two three", "")]
    [InlineData("one", "")]
    public async Task A_second_telling_that_differs_ends_in_an_error_and_never_in_spliced_text(string told, string split)
    {
        _a.Stream = _ => Broken("one ", "two ");
        var stream = FakeStream.Of([.. split.Length == 0 ? [Answers.Piece(told)] : new[] { Answers.Piece(split), Answers.Piece(told[split.Length..]) }, Answers.Finish()]);
        _b.Stream = _ => stream;
        using var lab = Continuing(_c);
        var seen = new List<string>();

        var failure = await Assert.ThrowsAsync<StreamInterruptedException>(async () =>
        {
            await foreach (var update in lab.Client.GetStreamingResponseAsync("Hello", cancellationToken: Lab.Stop))
            {
                seen.Add(update.Text);
            }
        });

        Assert.Equal(["one ", "two "], seen);
        Assert.Equal(("one two ", "a", FailureKind.Network), (failure.TextSoFar, failure.Provider, failure.Kind));
        Assert.Equal("The answer was cut off after 8 characters. a: Network: reset The answer of \"b\" does not begin with what was received.", failure.Message);
        Assert.Equal([AttemptOutcome.Failure, AttemptOutcome.Cancelled], failure.Attempts.Select(attempt => attempt.Outcome));
        Assert.Equal((0, 0, 1), (_c.Calls, lab.Circuit("b").FailureCount, stream.Disposals));
        Assert.Equal((0, 1), (lab.Client.GetRequestStats().SuccessfulRequests, lab.Client.GetRequestStats().FailedRequests));
    }

    [Theory]
    [InlineData(FailureKind.InvalidRequest)]
    [InlineData(FailureKind.ContextTooLong)]
    public async Task A_refused_prefill_is_asked_anew_at_the_same_provider(FailureKind kind)
    {
        _a.Stream = _ => Broken("one ");
        _b.Stream = call => call.Messages.Last().Role == ChatRole.Assistant
            ? throw Answers.Failure(kind, status: 400)
            : FakeStream.Of(Answers.Piece("one two"), Answers.Finish());
        using var lab = Continuing(_c);
        lab.Entry("b").AcceptsPrefill = true;

        var response = await lab.AskAsync(streamed: true);

        Assert.Equal(("one two", 2, 0), (response.Text, _b.Calls, _c.Calls));
        Assert.Equal([("a", FailureKind.Network), ("b", kind), ("b", null)], response.Attempts.Select(attempt => (attempt.Provider, attempt.Kind)));
        Assert.Equal((0, 1), (lab.Circuit("b").FailureCount, lab.Circuit("b").SuccessCount));
    }

    [Fact]
    public async Task Asking_anew_after_a_refused_prefill_is_an_attempt_like_any_other()
    {
        _a.Stream = _ => Broken("one ");
        _b.Stream = _ => throw Answers.Failure(FailureKind.InvalidRequest);
        using var lab = Continuing();
        (lab.Entry("b").AcceptsPrefill, lab.Options.MaxAttempts) = (true, 2);

        var failure = await Assert.ThrowsAsync<StreamInterruptedException>(() => lab.AskAsync(streamed: true));

        Assert.Equal((1, 2), (_b.Calls, failure.Attempts.Count(attempt => attempt.Outcome == AttemptOutcome.Failure)));
    }

    [Fact]
    public async Task A_refused_prefill_of_a_probe_is_asked_anew_in_the_same_place()
    {
        _a.Stream = _ => Broken("one ");
        using var lab = Continuing();
        lab.Entry("b").AcceptsPrefill = true;
        lab.Client.SetPrimaryProvider("b");
        await lab.OpenAsync(_b);
        lab.Client.SetPrimaryProvider("a");
        lab.Time.Advance(TimeSpan.FromMinutes(1));
        _b.Stream = call => call.Messages.Last().Role == ChatRole.Assistant
            ? throw Answers.Failure(FailureKind.InvalidRequest)
            : FakeStream.Of(Answers.Piece("one two"), Answers.Finish());

        Assert.Equal("one two", (await lab.AskAsync(streamed: true)).Text);
        Assert.Equal(CircuitState.Closed, lab.Circuit("b").State);
    }

    [Fact]
    public async Task The_others_come_first_those_that_accept_a_prefill_before_those_that_do_not_and_the_broken_one_last()
    {
        var asked = new List<string>();
        foreach (var chat in new[] { _a, _b, _c })
        {
            chat.Stream = call =>
            {
                asked.Add(chat.Name);
                return chat == _a && call.Number == 1 ? Broken("one ") : throw new IOException("down");
            };
        }

        using var lab = Continuing(_c);
        lab.Entry("c").AcceptsPrefill = true;

        var failure = await Assert.ThrowsAsync<StreamInterruptedException>(() => lab.AskAsync(streamed: true));

        Assert.Equal(["a", "c", "b", "a"], asked);
        Assert.Equal(("a", "one ", 4), (failure.Provider, failure.TextSoFar, failure.Attempts.Count));
        Assert.Equal("reset", failure.Attempts[0].Reason);
    }

    [Fact]
    public async Task The_only_provider_takes_up_its_own_stream()
    {
        _a.Stream = call => call.Number == 1 ? Broken("one ") : FakeStream.Of(Answers.Piece("one two"), Answers.Finish());
        using var lab = new Lab(_a) { Options = { StreamRecovery = StreamRecovery.Continue } };

        Assert.Equal("one two", (await lab.AskAsync(streamed: true)).Text);
    }

    [Fact]
    public async Task A_stream_may_break_off_more_than_once()
    {
        _a.Stream = call => call.Number == 1 ? Broken("one ") : FakeStream.Of(Answers.Piece("one two three"), Answers.Finish());
        _b.Stream = _ => Broken("one ", "two ");
        using var lab = Continuing();

        var response = await lab.AskAsync(streamed: true);

        Assert.Equal(("one two three", "a"), (response.Text, response.Provider));
        Assert.Equal(["a", "b", "a"], response.Attempts.Select(attempt => attempt.Provider));
    }

    [Fact]
    public async Task A_stream_that_breaks_off_while_it_repeats_is_taken_up_with_all_that_the_caller_has()
    {
        _a.Stream = call => call.Number == 1 ? Broken("one ", "two ") : FakeStream.Of(Answers.Piece("one two three"), Answers.Finish());
        _b.Stream = _ => Broken("one ");
        using var lab = Continuing();

        Assert.Equal("one two three", (await lab.AskAsync(streamed: true)).Text);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_stream_is_taken_up_no_more_often_than_allowed(int most)
    {
        _a.Stream = _ => Broken("one ");
        _b.Stream = _ => Broken("one ");
        using var lab = Continuing();
        lab.Options.MaxStreamRecoveries = most;

        var failure = await Assert.ThrowsAsync<StreamInterruptedException>(() => lab.AskAsync(streamed: true));

        Assert.Equal((1 + most, "one "), (failure.Attempts.Count, failure.TextSoFar));
    }

    [Fact]
    public async Task By_default_a_broken_stream_is_not_taken_up()
    {
        _a.Stream = _ => Broken("one ");
        using var lab = new Lab(_a, _b);

        await Assert.ThrowsAsync<StreamInterruptedException>(() => lab.AskAsync(streamed: true));

        Assert.Equal(0, _b.Calls);
    }

    public static TheoryData<AIContent> BeyondText => [new FunctionCallContent("1", "f"), new DataContent(new byte[] { 1 }, "image/png")];

    [Theory]
    [MemberData(nameof(BeyondText))]
    public async Task Never_after_a_tool_call_or_anything_else_that_is_not_text(AIContent content)
    {
        _a.Stream = _ => FakeStream.Of(Answers.Piece("one "), new ChatResponseUpdate(ChatRole.Assistant, [content])).ThenFail(new IOException("reset"));
        using var lab = Continuing();

        var failure = await Assert.ThrowsAsync<StreamInterruptedException>(() => lab.AskAsync(streamed: true));

        Assert.Equal(("one ", 0), (failure.TextSoFar, _b.Calls));
    }

    [Fact]
    public async Task A_tool_call_in_place_of_the_received_text_is_another_answer()
    {
        _a.Stream = _ => Broken("one ");
        _b.Stream = _ => FakeStream.Of(new ChatResponseUpdate(ChatRole.Assistant, [new FunctionCallContent("1", "f")]), Answers.Finish(ChatFinishReason.ToolCalls));
        using var lab = Continuing();

        await Assert.ThrowsAsync<StreamInterruptedException>(() => lab.AskAsync(streamed: true));
    }

    [Fact]
    public async Task A_tool_call_after_the_received_text_is_part_of_the_answer()
    {
        _a.Stream = _ => Broken("one ");
        _b.Stream = _ => FakeStream.Of(
            Answers.Piece("one "), new ChatResponseUpdate(ChatRole.Assistant, [new FunctionCallContent("1", "f")]), Answers.Finish(ChatFinishReason.ToolCalls));
        using var lab = Continuing();

        var response = await lab.AskAsync(streamed: true);

        Assert.Equal("one ", response.Text);
        Assert.Single(response.Messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>());
    }

    [Theory]
    [InlineData(FailureKind.ContentFiltered)]
    [InlineData(FailureKind.InvalidRequest)]
    public async Task What_would_not_fail_over_is_not_taken_up(FailureKind kind)
    {
        _a.Stream = _ => FakeStream.Of(Answers.Piece("one ")).ThenFail(Answers.Failure(kind));
        using var lab = Continuing();

        Assert.Equal(kind, (await Assert.ThrowsAsync<StreamInterruptedException>(() => lab.AskAsync(streamed: true))).Kind);
        Assert.Equal(0, _b.Calls);
    }

    [Theory]
    [InlineData(FailureKind.ContentFiltered)]
    [InlineData(FailureKind.InvalidRequest)]
    public async Task A_request_that_one_provider_took_is_not_the_callers_fault_at_another(FailureKind kind)
    {
        _a.Stream = _ => Broken("one ");
        _b.Stream = _ => throw Answers.Failure(kind);
        _c.Stream = _ => FakeStream.Of(Answers.Piece("one two"), Answers.Finish());
        using var lab = Continuing(_c);

        Assert.Equal("one two", (await lab.AskAsync(streamed: true)).Text);
    }

    [Fact]
    public async Task An_answer_that_broke_off_at_its_last_word_needs_no_more_words()
    {
        _a.Stream = _ => Broken("one two\n");
        _b.Stream = _ => FakeStream.Of(Answers.Role(), Answers.Usage(9, 0), Answers.Finish());
        using var lab = Continuing();
        lab.Entry("b").AcceptsPrefill = true;

        var response = await lab.AskAsync(streamed: true);

        Assert.Equal(("one two\n", ChatFinishReason.Stop, "b"), (response.Text, response.FinishReason, response.Provider));
    }

    [Fact]
    public async Task White_space_alone_is_no_prefill()
    {
        _a.Stream = _ => Broken("\n\n");
        _b.Stream = _ => FakeStream.Of(Answers.Piece("\n\none"), Answers.Finish());
        using var lab = Continuing();
        lab.Entry("b").AcceptsPrefill = true;

        Assert.Equal("\n\none", (await lab.AskAsync(streamed: true)).Text);
        Assert.Single(_b.LastCall.Messages);
    }

    [Fact]
    public async Task The_callers_own_prefill_and_the_received_text_are_one_message()
    {
        _a.Stream = _ => Broken("two ");
        _b.Stream = _ => FakeStream.Of(Answers.Piece(" three"), Answers.Finish());
        using var lab = Continuing();
        lab.Entry("b").AcceptsPrefill = true;

        var response = await lab.Client
            .GetStreamingResponseAsync([new(ChatRole.User, "Count"), new(ChatRole.Assistant, "one ")], cancellationToken: Lab.Stop)
            .ToChatResponseAsync(Lab.Stop);

        Assert.Equal("two three", response.Text);
        Assert.Equal(["Count", "one two"], _b.LastCall.Messages.Select(message => message.Text));
    }

    [Theory]
    [InlineData("0123456789012345678901234567890123456789 and more")]
    [InlineData("0123456789012345678901234567890123456789")]
    public async Task A_provider_that_was_given_the_text_and_answers_anew_tells_no_word_twice(string told)
    {
        const string Received = "0123456789012345678901234567890123456789";
        _a.Stream = _ => Broken(Received);
        _b.Stream = _ => FakeStream.Of([Answers.Usage(7, 1), .. told.Select(c => Answers.Piece(c.ToString())), Answers.Finish()]);
        using var lab = Continuing();
        lab.Entry("b").AcceptsPrefill = true;

        var response = await lab.AskAsync(streamed: true);

        Assert.Equal((told, 7), (response.Text, response.Usage!.InputTokenCount));
    }

    [Fact]
    public async Task A_provider_that_was_given_the_text_and_answers_anew_in_other_words_ends_in_an_error()
    {
        _a.Stream = _ => Broken("0123456789012345678901234567890123456789");
        _b.Stream = _ => FakeStream.Of(Answers.Piece("0123456789012345678901234567890123"), Answers.Piece("other words"), Answers.Finish());
        using var lab = Continuing();
        lab.Entry("b").AcceptsPrefill = true;

        var failure = await Assert.ThrowsAsync<StreamInterruptedException>(() => lab.AskAsync(streamed: true));

        Assert.Equal("0123456789012345678901234567890123456789", failure.TextSoFar);
    }

    [Theory]
    [InlineData("012 and more")]
    [InlineData("012")]
    [InlineData("0123456789012345678901234567890")]
    public async Task Words_that_only_happen_to_be_like_the_first_ones_are_new(string told)
    {
        const string Received = "0123456789012345678901234567890123456789";
        _a.Stream = _ => Broken(Received);
        _b.Stream = _ => FakeStream.Of([.. told.Select(c => Answers.Piece(c.ToString())), Answers.Finish()]);
        using var lab = Continuing();
        lab.Entry("b").AcceptsPrefill = true;

        Assert.Equal(Received + told, (await lab.AskAsync(streamed: true)).Text);
    }

    [Fact]
    public async Task Words_held_back_come_also_where_a_client_tells_no_finish_reason_and_before_a_tool_call()
    {
        const string Received = "0123456789012345678901234567890123456789";
        _a.Stream = _ => Broken(Received);
        _b.Stream = call => call.Number == 1
            ? FakeStream.Of(Answers.Piece("012"), new ChatResponseUpdate(ChatRole.Assistant, [new FunctionCallContent("1", "f")]), Answers.Finish(ChatFinishReason.ToolCalls))
            : FakeStream.Of(Answers.Piece("012"));
        using var lab = Continuing();
        (lab.Entry("b").AcceptsPrefill, lab.Entry("b").RequireFinishReason) = (true, false);

        var updates = await UpdatesAsync(lab);
        Assert.Equal([typeof(TextContent), typeof(FunctionCallContent)], updates[1].Contents.Select(content => content.GetType()));
        Assert.Equal(Received + "012", (await lab.AskAsync(streamed: true)).Text);
    }

    private static FakeStream Broken(params string[] pieces) =>
        FakeStream.Of([.. pieces.Select(Answers.Piece)]).ThenFail(new IOException("reset"));

    private static Task<List<ChatResponseUpdate>> UpdatesAsync(Lab lab) =>
        lab.Client.GetStreamingResponseAsync("Hello", cancellationToken: Lab.Stop).ToListAsync(Lab.Stop).AsTask();

    private Lab Continuing(params FakeChat[] more) => new([_a, _b, .. more]) { Options = { StreamRecovery = StreamRecovery.Continue } };
}
