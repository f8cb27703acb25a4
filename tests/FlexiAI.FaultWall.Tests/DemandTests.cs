using FlexiAI.FaultWall;
using Microsoft.Extensions.AI;

namespace FlexiAI.Tests;

public class DemandTests
{
    private static readonly Reply Whole = new() { Text = Answers.Whole, Finish = ChatFinishReason.Stop, Provider = Entries.Primary };
    private static readonly Reply Refused = new() { Error = new ReplyError { Type = "X", IsClear = true, Kind = FailureKind.ContentFiltered, Message = "Refused: bad words." } };

    [Fact]
    public void Answered_wants_no_exception()
    {
        Met(Demands.Answered(), Evidence([Whole, Whole]));
        Unmet(Demands.Answered(), Evidence([Whole, Refused]));
    }

    [Fact]
    public void AnsweredBy_wants_the_entry_every_time()
    {
        Met(Demands.AnsweredBy(Entries.Primary), Evidence([Whole]));
        Unmet(Demands.AnsweredBy(Entries.Primary), Evidence([Whole, Whole with { Provider = Entries.Backup }]));
        Unmet(Demands.AnsweredBy(Entries.Primary), Evidence([Refused]));
    }

    [Fact]
    public void Attempts_are_counted_exactly()
    {
        Met(Demands.Attempts(2, 1), Evidence([], primary: [0, 1], backup: [2]));
        Unmet(Demands.Attempts(1, 2), Evidence([], primary: [0, 1], backup: [2]));
    }

    [Fact]
    public void AtMost_counts_what_reached_the_primary_within_the_time()
    {
        Met(Demands.AtMost(2, TimeSpan.FromSeconds(3)), Evidence([], primary: [0, 2.9, 3]));
        Unmet(Demands.AtMost(1, TimeSpan.FromSeconds(3)), Evidence([], primary: [0, 2.9, 3]));
    }

    [Fact]
    public void Pause_lies_between_the_first_two_attempts()
    {
        Met(Demands.Pause(TimeSpan.FromSeconds(1.8)), Evidence([], primary: [1, 2.8]));
        Unmet(Demands.Pause(TimeSpan.FromSeconds(1.8)), Evidence([], primary: [1, 2.7]));
    }

    [Fact]
    public void Within_looks_at_the_longest_request()
    {
        Reply[] replies = [Whole, Whole with { Asked = TimeSpan.FromSeconds(10), Ended = TimeSpan.FromSeconds(25) }];
        Met(Demands.Within(TimeSpan.FromSeconds(15)), Evidence(replies));
        Unmet(Demands.Within(TimeSpan.FromSeconds(14)), Evidence(replies));
    }

    [Fact]
    public void ModelAndUsageOf_wants_both()
    {
        var reply = Whole with { Model = "backup-model", InputTokens = Usage.InputOf(Entries.Backup), OutputTokens = Usage.Output };
        Met(Demands.ModelAndUsageOf(Entries.Backup), Evidence([reply]));
        Unmet(Demands.ModelAndUsageOf(Entries.Backup), Evidence([reply with { Model = "primary-model" }]));
        Unmet(Demands.ModelAndUsageOf(Entries.Backup), Evidence([reply with { InputTokens = Usage.InputOf(Entries.Primary) }]));
        Unmet(Demands.ModelAndUsageOf(Entries.Backup), Evidence([reply with { OutputTokens = null }]));
    }

    [Fact]
    public void UsageWith_takes_more_but_not_less()
    {
        var reply = Whole with { InputTokens = Usage.InputOf(Entries.Backup), OutputTokens = Usage.Output };
        Met(Demands.UsageWith(Entries.Backup), Evidence([reply, Refused]));
        Met(Demands.UsageWith(Entries.Backup), Evidence([reply with { InputTokens = 5_000 }]));
        Unmet(Demands.UsageWith(Entries.Backup), Evidence([reply with { InputTokens = Usage.InputOf(Entries.Primary) }]));
        Unmet(Demands.UsageWith(Entries.Backup), Evidence([reply with { OutputTokens = 20 }]));
        Unmet(Demands.UsageWith(Entries.Backup), Evidence([Whole]));
    }

    [Fact]
    public void Listed_wants_every_attempt_and_no_other()
    {
        Reply[] replies = [Whole with { Asks = [Entries.Primary, Entries.Backup] }, Refused with { Asks = [Entries.Backup] }];
        Met(Demands.Listed(), Evidence(replies, primary: [0], backup: [0, 1]));
        Unmet(Demands.Listed(), Evidence(replies, primary: [0], backup: [0]));
        Unmet(Demands.Listed(), Evidence(replies, primary: [0, 1], backup: [0, 1]));
    }

    [Fact]
    public void Interrupted_wants_text_and_then_the_exception_that_says_so()
    {
        Met(Demands.Interrupted(), Evidence([Refused with { Text = "a", Error = Refused.Error! with { TextSoFar = "a" } }]));
        Unmet(Demands.Interrupted(), Evidence([Refused with { Error = Refused.Error! with { TextSoFar = "" } }]));
        Unmet(Demands.Interrupted(), Evidence([Refused]));
        Unmet(Demands.Interrupted(), Evidence([Whole]));
    }

    [Fact]
    public void Refused_wants_the_kind_and_the_words()
    {
        Met(Demands.Refused(FailureKind.ContentFiltered, "bad words"), Evidence([Refused]));
        Unmet(Demands.Refused(FailureKind.ContentFiltered, "other words"), Evidence([Refused]));
        Unmet(Demands.Refused(FailureKind.InvalidRequest, "bad words"), Evidence([Refused]));
        Unmet(Demands.Refused(FailureKind.ContentFiltered, "bad words"), Evidence([Whole]));
    }

    [Fact]
    public void BackupAsked_wants_the_text_so_far_or_the_beginning()
    {
        var evidence = Evidence([]) with { AtBackup = [new Arrival(default, Answers.First(40)), new Arrival(default)] };
        Met(Demands.BackupAsked(true, false), evidence);
        Unmet(Demands.BackupAsked(false, true), evidence);
        Unmet(Demands.BackupAsked(true), evidence);
        Unmet(Demands.BackupAsked(true), Evidence([]) with { AtBackup = [new Arrival(default, "other words")] });
    }

    private static void Met(Demand demand, Evidence evidence) => Assert.Null(demand(evidence));

    private static void Unmet(Demand demand, Evidence evidence) => Assert.NotNull(demand(evidence));

    private static Evidence Evidence(Reply[] replies, double[]? primary = null, double[]? backup = null) => new(
        replies,
        [.. (primary ?? []).Select(At)],
        [.. (backup ?? []).Select(At)],
        new Aftermath(Whole, Whole, []));

    private static Arrival At(double seconds) => new(TimeSpan.FromSeconds(seconds));
}
