using System.Diagnostics;

namespace FlexiAI;

/// <summary>One request in statistics, metrics and traces, from its start to the one way it ends, which each way out of a request tells once.</summary>
internal readonly struct RequestSpan(FlexiTelemetry telemetry, ClientStatistics statistics, string operation)
{
    private readonly Activity? _activity = Traces.StartRequest(operation);

    public void Succeeded(string provider)
    {
        statistics.Success(provider);
        End("Success");
    }

    public void Cancelled()
    {
        statistics.Cancellation();
        End("Cancelled");
    }

    public void Failed(Exception failure)
    {
        if (failure is OperationCanceledException)
        {
            Cancelled();
            return;
        }

        statistics.Failure();
        End("Failure", failure);
    }

    private void End(string outcome, Exception? failure = null) => telemetry.RequestEnded(_activity, outcome, failure);
}
