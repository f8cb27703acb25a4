using CsCheck;
using Microsoft.Extensions.AI;

namespace FlexiAI.Tests.Client;

/// <summary>The invariants of the client, with random faults, cancellations, early stops, time and handlers that throw.</summary>
public class ClientInvariantTests
{
    [Fact]
    public void T2_T3_T4_HoldForEachRequest_AndStatisticsAddUp_AndNoPermitStaysOut()
    {
        int failedOver = 0, interrupted = 0, failed = 0, probed = 0;
        ClientScript.Any.Sample(
            script =>
            {
                // As in a server: what completes a wait goes on with it.
                SynchronizationContext.SetSynchronizationContext(null);
                using var run = new ClientRun(script);
                run.Play();
                ClientChecks.AddUp(run);
                ClientChecks.AllAdmit(run);
                ClientChecks.AddUp(run);
                Interlocked.Add(ref failedOver, run.Requests.Count(request => request.Asked.Distinct().Count() > 1));
                Interlocked.Add(ref interrupted, run.Requests.Count(request => request.Seen.Count > 0 && !request.StoppedEarly));
                Interlocked.Add(ref failed, run.Ends.Failed);
                Interlocked.Add(ref probed, run.Client.GetProviderStatus().Count(status => status.CircuitBreaker.Era > 3));
            },
            iter: 500,
            threads: 2,
            print: script => script.ToString());
        Assert.All([failedOver, interrupted, failed, probed], count => Assert.True(count > 100, $"{failedOver} {interrupted} {failed} {probed}"));
    }
}
