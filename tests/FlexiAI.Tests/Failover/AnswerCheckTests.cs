using Microsoft.Extensions.AI;

namespace FlexiAI.Tests;

/// <summary>What is an answer, streamed or not.</summary>
public sealed class AnswerCheckTests
{
    private readonly FakeChat _a = new("a");
    private readonly FakeChat _b = new("b");

    public static TheoryData<AIContent> Contents =>
    [
        new TextContent("x"), new TextReasoningContent("hm"), new FunctionCallContent("1", "f"), new DataContent(new byte[] { 1 }, "image/png"),
    ];

    [Theory]
    [MemberData(nameof(Contents))]
    public async Task Content_of_any_kind_is_an_answer(AIContent content)
    {
        foreach (var streamed in (bool[])[false, true])
        {
            using var lab = Reply(ChatFinishReason.Stop, content);

            Assert.Equal("a", (await lab.AskAsync(streamed)).Provider);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Nothing_but_empty_text_and_usage_is_no_answer(bool streamed)
    {
        using var lab = Reply(ChatFinishReason.Stop, new TextContent(""), new TextReasoningContent(""), new UsageContent(new UsageDetails { InputTokenCount = 7 }));

        var response = await lab.AskAsync(streamed);

        Assert.Equal(("b", FailureKind.InvalidResponse, "The reply has no content."), (response.Provider, response.Attempts[0].Kind, response.Attempts[0].Reason));
    }

    [Fact]
    public async Task No_message_at_all_is_no_answer()
    {
        using var lab = new Lab(_a, _b);
        _a.Reply = _ => Task.FromResult(new ChatResponse { FinishReason = ChatFinishReason.Stop });
        Assert.Equal("b", (await lab.AskAsync()).Provider);

        _a.Reply = _ => Task.FromResult<ChatResponse>(null!);
        Assert.Equal("The client returned no response.", (await lab.AskAsync()).Attempts[0].Reason);

        Task<ChatResponse>? none = null;
        _a.Reply = _ => none!;
        Assert.Equal(FailureKind.InvalidResponse, (await lab.AskAsync()).Attempts[0].Kind);
    }

    [Fact]
    public async Task A_reply_without_a_finish_reason_may_be_cut_off()
    {
        using var lab = Reply(finish: null, new TextContent("half"));

        var response = await lab.AskAsync();

        Assert.Equal(("b", FailureKind.InvalidResponse), (response.Provider, response.Attempts[0].Kind));
        Assert.Equal("The answer ended without a finish reason: it may be cut off.", response.Attempts[0].Reason);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_client_that_never_gives_a_finish_reason_is_believed_if_its_entry_says_so(bool streamed)
    {
        using var lab = Reply(finish: null, new TextContent("whole"));
        lab.Entry("a").RequireFinishReason = false;

        Assert.Equal("whole", (await lab.AskAsync(streamed)).Text);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Length_without_content_is_an_answer_that_the_callers_limit_cut_short(bool streamed)
    {
        using var lab = Reply(ChatFinishReason.Length);

        var response = await lab.AskAsync(streamed);

        Assert.Equal(("a", ""), (response.Provider, response.Text));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ContentFilter_without_content_is_a_refusal(bool streamed)
    {
        using var lab = Reply(ChatFinishReason.ContentFilter);

        var failure = await Assert.ThrowsAsync<ProviderContentFilteredException>(() => lab.AskAsync(streamed));

        Assert.Equal("The content policy refused the answer.", failure.Reason);
        Assert.Equal(0, lab.Circuit("a").FailureCount);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ContentFilter_with_content_is_an_answer(bool streamed)
    {
        using var lab = Reply(ChatFinishReason.ContentFilter, new TextContent("so far"));

        Assert.Equal("so far", (await lab.AskAsync(streamed)).Text);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_refusal_told_as_content_reaches_the_caller_in_the_providers_words(bool streamed)
    {
        using var lab = Reply(ChatFinishReason.Stop, new ErrorContent("I cannot help with that.") { ErrorCode = "Refusal" });

        Assert.Equal("I cannot help with that.", (await Assert.ThrowsAsync<ProviderContentFilteredException>(() => lab.AskAsync(streamed))).Reason);
    }

    [Theory]
    [InlineData(false, "Overloaded.", "Overloaded.")]
    [InlineData(true, "Overloaded.", "Overloaded.")]
    [InlineData(false, " ", "The reply is an error.")]
    [InlineData(true, " ", "The reply is an error.")]
    public async Task An_error_told_as_content_is_no_answer(bool streamed, string words, string reason)
    {
        using var lab = Reply(ChatFinishReason.Stop, new ErrorContent(words));

        var response = await lab.AskAsync(streamed);

        Assert.Equal(("b", FailureKind.InvalidResponse, reason), (response.Provider, response.Attempts[0].Kind, response.Attempts[0].Reason));
    }

    private Lab Reply(ChatFinishReason? finish, params AIContent[] contents)
    {
        _a.Reply = _ => Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, contents)) { FinishReason = finish });
        return new Lab(_a, _b);
    }
}
