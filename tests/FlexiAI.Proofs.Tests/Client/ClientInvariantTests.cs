using CsCheck;

namespace FlexiAI.Tests.Client;

/// <summary>The invariants of the client, with random faults, cancellations, early stops, time, and handlers that throw and look back.</summary>
public class ClientInvariantTests
{
    [Fact]
    public void T2_OnlyOneProvidersOutputReachesTheCaller_AndNobodyIsAskedAfterIt() =>
        Hold("T2", requests => requests.Count(request => request.Seen.Count > 0 && request.Asked.Distinct().Count() > 1));

    [Fact]
    public void T3_ALowerPriorityIsAskedOnlyIfEveryHigherOneRefusedInItsTurnOrFailed() =>
        Hold("T3", requests => requests.Count(request => request.PassedOver.Count > 0 && request.Asked.Count > 0));

    [Fact]
    public void T4_TotalFailureListsEveryAttemptAndTheEarliestRetry() => Hold("T4", requests => requests.Count(request => request.FailedTotally));

    [Fact]
    public void Statistics_add_up_and_in_the_end_no_permit_is_out_whatever_happened() => Hold(
        "every call comes from one thread, or the run could not be repeated",
        requests => requests.Count(request => request.StoppedEarly || request.Caller.IsCancellationRequested),
        run =>
        {
            ClientChecks.AddUp(run);
            ClientChecks.AllAdmit(run);
            ClientChecks.AddUp(run);
        });

    private static void Hold(string id, Func<IEnumerable<ClientRequest>, int> cases, Action<ClientRun>? afterwards = null)
    {
        var met = 0;
        ClientScript.Any.Sample(
            script =>
            {
                // As in a server: whatever completes a wait goes on with it.
                SynchronizationContext.SetSynchronizationContext(null);
                using var run = new ClientRun(script);
                run.Play();
                afterwards?.Invoke(run);
                Assert.DoesNotContain(id, run.Complaints);
                Interlocked.Add(ref met, cases(run.Requests));
            },
            iter: 300,
            threads: 2,
            print: script => script.ToString());
        Assert.True(met > 50, $"Only {met} requests were of the kind that this is about.");
    }
}
