using System.Diagnostics;

namespace FlexiAI;

/// <summary>One request in statistics, metrics and traces, from its start to the one way it ends.</summary>
internal sealed class RequestSpan(FlexiTelemetry telemetry, ClientStatistics statistics, string operation) : IDisposable
{
    private readonly Activity? _activity = FlexiTelemetry.StartRequest(operation);
    private bool _ended;

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

    /// <summary>A request that ends in none of these ways was given up by its caller.</summary>
    public void Dispose()
    {
        if (!_ended)
        {
            Cancelled();
        }
    }

    private void End(string outcome, Exception? failure = null)
    {
        _ended = true;
        telemetry.RequestEnded(_activity, outcome, failure);
    }
}
