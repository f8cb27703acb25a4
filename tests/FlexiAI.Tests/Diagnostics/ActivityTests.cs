using System.Diagnostics;

namespace FlexiAI.Tests;

/// <summary>How requests and attempts become activities.</summary>
[Collection("Activities")]
public sealed class ActivityTests
{
    private readonly FakeChat _a = new("a");
    private readonly FakeChat _b = new("b");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_request_is_the_parent_of_its_attempts(bool streamed)
    {
        using var lab = new Lab(_a.Failing(FailureKind.RateLimited, status: 429), _b);
        lab.Entry("b").Model = "b-model";

        var ended = await Traced.By(() => lab.AskAsync(streamed));

        var request = ended.Single(activity => activity.OperationName == "flexiai chat");
        var attempts = ended.Where(activity => activity.Kind == ActivityKind.Client).ToList();
        Assert.Equal(["a", "b"], attempts.Select(activity => activity.GetTagItem("flexiai.provider")));
        Assert.All(attempts, activity => Assert.Equal(request.SpanId, activity.ParentSpanId));
        Assert.Equal((ActivityStatusCode.Unset, "Success"), (request.Status, request.GetTagItem("flexiai.outcome")));
        Assert.Equal((ActivityStatusCode.Error, "RateLimited"), (attempts[0].Status, attempts[0].GetTagItem("error.type")));
        Assert.Equal("chat b-model", attempts[1].DisplayName);
        Assert.Equal(("chat", "client", "b-model"), (attempts[1].GetTagItem("gen_ai.operation.name"), attempts[1].GetTagItem("gen_ai.provider.name"), attempts[1].GetTagItem("gen_ai.request.model")));
        Assert.Equal((3L, 5L, ActivityStatusCode.Unset), (attempts[1].GetTagItem("gen_ai.usage.input_tokens"), attempts[1].GetTagItem("gen_ai.usage.output_tokens"), attempts[1].Status));
    }

    [Fact]
    public async Task A_failed_request_is_an_error()
    {
        using var lab = new Lab(_a.Failing(FailureKind.ServerError));

        var ended = await Traced.By(() => lab.AskAsync());

        var request = ended.Single(activity => activity.OperationName == "flexiai chat");
        Assert.Equal((ActivityStatusCode.Error, "Failure"), (request.Status, request.GetTagItem("flexiai.outcome")));
        Assert.StartsWith("No provider answered.", request.StatusDescription, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_callers_own_activity_is_current_again_afterwards(bool streamed)
    {
        using var lab = new Lab(_a);

        await Traced.By(async () =>
        {
            var before = Activity.Current;
            await lab.AskAsync(streamed);
            Assert.Same(before, Activity.Current);
        });
    }

    [Theory]
    [InlineData("sample", false)]
    [InlineData("started", false)]
    [InlineData("stopped", false)]
    [InlineData("sample", true)]
    [InlineData("started", true)]
    [InlineData("stopped", true)]
    public async Task Trap24_A_listener_that_throws_changes_no_outcome(string where, bool streamed)
    {
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "FlexiAI",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => where == "sample" ? throw new InvalidOperationException() : ActivitySamplingResult.AllData,
            ActivityStarted = _ => Throw(where == "started"),
            ActivityStopped = _ => Throw(where == "stopped"),
        };
        ActivitySource.AddActivityListener(listener);
        using var lab = new Lab(_a.Failing(FailureKind.ServerError), _b);

        Assert.Equal("b", (await lab.AskAsync(streamed)).Provider);
        Assert.Equal((1, 1), (lab.Circuit("a").FailureCount, lab.Circuit("b").SuccessCount));

        static void Throw(bool now)
        {
            if (now)
            {
                throw new InvalidOperationException("A listener's bug.");
            }
        }
    }
}
