using Microsoft.Extensions.AI;

namespace FlexiAI;

/// <summary>A provider's answer before its verdict. Whoever holds it calls exactly one of the endings, once.</summary>
internal readonly record struct Answer<TResult>(TResult Result, AttemptScope Attempt)
{
    public RequestRun Run => Attempt.Run;

    public Provider Provider => Attempt.Provider;

    /// <summary>Lets the answer say who gave it.</summary>
    public void Sign(AdditionalPropertiesDictionary properties) => Run.Report.AttachTo(properties, Provider.Name);

    /// <summary>The answer is whole, and the request over.</summary>
    public void Succeed()
    {
        Attempt.Permit.Success();
        Attempt.Succeeded();
        Run.Dispose();
    }

    /// <summary>The answer broke off. The request goes on, where another provider can take it up.</summary>
    public FailureReport Fail(Exception exception)
    {
        var failure = Attempt.Failed(exception);
        Attempt.Permit.Failure(failure.Kind, failure.RetryAfter);
        return failure;
    }

    /// <summary>Nobody wants the answer: the caller gave up, or another came first. The provider was up. The request goes on.</summary>
    public void Discard()
    {
        Attempt.Permit.Success();
        Attempt.Cancelled();
    }
}
