using Microsoft.Extensions.AI;

namespace FlexiAI;

/// <summary>A provider's answer before its verdict. Whoever holds it calls exactly one of the endings, once.</summary>
internal readonly record struct Answer<TResult>(TResult Result, AttemptScope Attempt)
{
    public RequestRun Run => Attempt.Run;

    public Provider Provider => Attempt.Provider;

    /// <summary>Lets the answer say who gave it.</summary>
    public void Sign(AdditionalPropertiesDictionary properties) => Run.Report.AttachTo(properties, Provider.Name);

    public void Succeed()
    {
        Attempt.Permit.Success();
        Attempt.Succeeded();
        Run.Dispose();
    }

    public FailureReport Fail(Exception exception)
    {
        var failure = Attempt.Failed(exception);
        Attempt.Permit.Failure(failure.Kind, failure.RetryAfter);
        Run.Dispose();
        return failure;
    }

    /// <summary>The caller gave up after content had arrived: the provider was up.</summary>
    public void Cancel()
    {
        Attempt.Permit.Success();
        Attempt.Cancelled();
        Run.Dispose();
    }
}
