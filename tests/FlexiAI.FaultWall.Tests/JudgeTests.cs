using FlexiAI.FaultWall;
using Microsoft.Extensions.AI;

namespace FlexiAI.Tests;

public class JudgeTests
{
    private static readonly Reply Whole = new() { Text = Answers.Whole, Finish = ChatFinishReason.Stop, Provider = Entries.Primary };

    public static TheoryData<string> Deceptions => [.. Deceptive.Keys];

    private static readonly Dictionary<string, Reply> Deceptive = new()
    {
        ["a truncated text"] = Whole with { Text = Answers.First(59) },
        ["no text"] = Whole with { Text = "" },
        ["a doubled word"] = Whole with { Text = Answers.First(40) + Answers.Whole[Answers.First(39).Length..] },
        ["a lost word"] = Whole with { Text = Answers.First(39) + Answers.Whole[Answers.First(40).Length..] },
        ["two answers spliced"] = Whole with { Text = Answers.First(40) + Answers.DivergingAfter(20)[Answers.First(40).Length..] },
        ["two messages where there is one answer"] = Whole with { Joined = Answers.First(40) + "\n" + Answers.Whole[Answers.First(40).Length..] },
        ["a reply that is not as its wire has it"] = Whole with { Flaw = "more after the end" },
        ["a refusal that is not as its wire has it"] = Failed(Clear) with { Flaw = "no request id" },
        ["no finish reason"] = Whole with { Finish = null },
        ["a hang"] = Whole with { Hung = true },
        ["a hang after the whole text"] = new Reply { Text = Answers.Whole, Hung = true },
        ["a wrong exception"] = Failed(ReplyError.Of(new IOException("reset"))),
        ["a wrong exception after text"] = Failed(ReplyError.Of(new IOException("reset")), Answers.First(40)),
        ["a cancellation that nobody asked for"] = Failed(ReplyError.Of(new TaskCanceledException())),
        ["a clear exception that hides that there was text"] = Failed(Clear, Answers.First(40)),
        ["an interruption after a doubled word"] = Interrupted(Answers.First(40) + "word40"),
        ["an interruption that tells less than was received"] = Failed(Clear with { TextSoFar = Answers.First(39) }, Answers.First(40)),
        ["an interruption that tells more than was received"] = Failed(Clear with { TextSoFar = Answers.Whole }, Answers.First(40)),
    };

    [Theory]
    [MemberData(nameof(Deceptions))]
    public void Fails(string what) => Assert.Equal(Verdict.Fail, Verdicts(Deceptive[what]));

    [Theory]
    [MemberData(nameof(Deceptions))]
    public void Fails_too_where_it_is_the_second_of_two_requests(string what) => Assert.Equal(Verdict.Fail, Verdicts(Whole, Deceptive[what]));

    [Theory]
    [MemberData(nameof(Deceptions))]
    public void Fails_too_where_it_comes_after_the_fault(string what)
    {
        Assert.Equal(Verdict.Fail, Judge.Of(Evidence(Healthy with { AtOnce = Deceptive[what] }, Whole), []).Verdict);
        Assert.Equal(Verdict.Fail, Judge.Of(Evidence(Healthy with { Later = Deceptive[what] }, Whole), []).Verdict);
    }

    [Fact]
    public void A_client_that_does_not_recover_fails()
    {
        Assert.Equal(Verdict.Fail, Judge.Of(Evidence(Healthy with { AtOnce = Failed(Clear) }, Whole), []).Verdict);
        Assert.Equal(Verdict.Fail, Judge.Of(Evidence(Healthy with { Later = Failed(Clear) }, Whole), []).Verdict);
        Assert.Equal(Verdict.Fail, Judge.Of(Evidence(Healthy with { Later = Whole with { Provider = Entries.Backup } }, Whole), []).Verdict);
        Assert.Equal(Verdict.Fail, Judge.Of(Evidence(Healthy with { Circuits = [CircuitState.Closed, CircuitState.HalfOpen] }, Whole), []).Verdict);
    }

    [Fact]
    public void A_whole_answer_passes() => Assert.Equal(Verdict.Pass, Verdicts(Whole, Whole with { Provider = Entries.Backup }));

    [Fact]
    public void An_answer_that_is_not_what_the_fault_asks_for_is_safe() =>
        Assert.Equal(new Judgement(Verdict.Safe, "no; never"), Judge.Of(Evidence(Healthy, Whole), [_ => "no", _ => null, _ => "never"]));

    [Fact]
    public void A_clear_exception_instead_of_an_answer_is_safe()
    {
        Assert.Equal(Verdict.Safe, Judge.Of(Evidence(Healthy, Failed(Clear)), [Demands.Answered()]).Verdict);
        Assert.Equal(Verdict.Safe, Judge.Of(Evidence(Healthy, Interrupted(Answers.First(40))), [Demands.Answered()]).Verdict);
    }

    private static ReplyError Clear => new() { Type = "AllProvidersFailedException", IsClear = true };

    private static Aftermath Healthy => new(Whole, Whole, [CircuitState.Closed, CircuitState.Closed]);

    private static Reply Failed(ReplyError error, string text = "") => new() { Error = error, Text = text };

    private static Reply Interrupted(string text) => Failed(Clear with { TextSoFar = text }, text);

    private static Verdict Verdicts(params Reply[] replies) => Judge.Of(Evidence(Healthy, replies), []).Verdict;

    private static Evidence Evidence(Aftermath aftermath, params Reply[] replies) => new(replies, [], [], aftermath);
}
