namespace FlexiAI;

/// <summary>What a request asks of whichever provider serves it: a chat reply, a stream, embeddings.</summary>
internal interface IProviderCall<TResult>
{
    /// <summary>The operation's name in telemetry, by the GenAI semantic conventions.</summary>
    string Operation { get; }

    /// <summary>Whether the provider offers this at all.</summary>
    bool CanBeServedBy(Provider provider);

    /// <summary>Whether a failure that is the caller's own fault ends the request; if not, the next provider is asked as after any other.</summary>
    bool EndsWithCallerFault { get; }

    /// <summary>The limit of one attempt, and what must arrive within it.</summary>
    (TimeSpan Limit, string What) ClockFor(Provider provider);

    /// <summary>Asks once. A failure is thrown or comes back as a value, which is cheaper.</summary>
    ValueTask<Outcome<TResult>> InvokeAsync(AttemptScope attempt);

    /// <summary>Whether a provider that has just failed so is to be asked once more, in another way.</summary>
    bool HasAnotherWay(Provider provider, FailureKind kind);
}
