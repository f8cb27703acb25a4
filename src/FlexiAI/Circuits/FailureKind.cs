namespace FlexiAI;

/// <summary>Every way a call to a provider can end other than in success.</summary>
/// <remarks>
/// What follows from each kind (retry, next provider, counting on the circuit) is decided by one table;
/// see the page "Failover and recovery".
/// </remarks>
public enum FailureKind
{
    /// <summary>The key or token was refused: 401, 403, or a 400 that says the key is invalid.</summary>
    Authentication,

    /// <summary>The account has no credit or quota left: 402, <c>insufficient_quota</c>, "credit balance is too low".</summary>
    QuotaExhausted,

    /// <summary>Too many requests or tokens for now: 429.</summary>
    RateLimited,

    /// <summary>The provider failed by its own word: 408, 500, 502, 503, 504, 529 or another 5xx.</summary>
    ServerError,

    /// <summary>One of the engine's own clocks ran out: connect, response, first token, idle or total.</summary>
    Timeout,

    /// <summary>No usable connection: refused, DNS, TLS, reset, broken pipe.</summary>
    Network,

    /// <summary>The model or the endpoint does not exist: 404 or 410.</summary>
    ModelNotFound,

    /// <summary>The entry cannot be used as configured: a bad base URL, unreadable credentials.</summary>
    InvalidConfiguration,

    /// <summary>A success status whose body is not an answer: broken JSON, HTML, empty, an error object, no finish reason.</summary>
    InvalidResponse,

    /// <summary>The prompt does not fit this model's context window. Not the provider's fault: never counted by default.</summary>
    ContextTooLong,

    /// <summary>The content policy refused the prompt or the answer. Never counted by default.</summary>
    ContentFiltered,

    /// <summary>The caller's request is wrong: any other 400, 405, 409, 413, 415 or 422. Never counted by default.</summary>
    InvalidRequest,

    /// <summary>The caller's own token was cancelled. Never counted.</summary>
    Cancelled,
}
