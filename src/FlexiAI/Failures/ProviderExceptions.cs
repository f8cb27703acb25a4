namespace FlexiAI;

/// <summary>The provider refused the key or token: <see cref="FailureKind.Authentication"/>.</summary>
public sealed class ProviderAuthenticationException : ProviderException
{
    internal ProviderAuthenticationException(ProviderFailure failure)
        : base(FailureKind.Authentication, failure)
    {
    }
}

/// <summary>The account has no credit or quota left: <see cref="FailureKind.QuotaExhausted"/>.</summary>
public sealed class ProviderQuotaExhaustedException : ProviderException
{
    internal ProviderQuotaExhaustedException(ProviderFailure failure)
        : base(FailureKind.QuotaExhausted, failure)
    {
    }
}

/// <summary>Too many requests or tokens for now: <see cref="FailureKind.RateLimited"/>.</summary>
public sealed class ProviderRateLimitedException : ProviderException
{
    internal ProviderRateLimitedException(ProviderFailure failure)
        : base(FailureKind.RateLimited, failure)
    {
    }
}

/// <summary>The provider failed by its own word: <see cref="FailureKind.ServerError"/>.</summary>
public sealed class ProviderServerErrorException : ProviderException
{
    internal ProviderServerErrorException(ProviderFailure failure)
        : base(FailureKind.ServerError, failure)
    {
    }
}

/// <summary>One of the engine's clocks ran out: <see cref="FailureKind.Timeout"/>.</summary>
public sealed class ProviderTimeoutException : ProviderException
{
    internal ProviderTimeoutException(ProviderFailure failure)
        : base(FailureKind.Timeout, failure)
    {
    }
}

/// <summary>There was no usable connection: <see cref="FailureKind.Network"/>.</summary>
public sealed class ProviderNetworkException : ProviderException
{
    internal ProviderNetworkException(ProviderFailure failure)
        : base(FailureKind.Network, failure)
    {
    }
}

/// <summary>The model or the endpoint does not exist: <see cref="FailureKind.ModelNotFound"/>.</summary>
public sealed class ProviderModelNotFoundException : ProviderException
{
    internal ProviderModelNotFoundException(ProviderFailure failure)
        : base(FailureKind.ModelNotFound, failure)
    {
    }
}

/// <summary>The entry cannot be used as configured: <see cref="FailureKind.InvalidConfiguration"/>.</summary>
public sealed class ProviderInvalidConfigurationException : ProviderException
{
    internal ProviderInvalidConfigurationException(ProviderFailure failure)
        : base(FailureKind.InvalidConfiguration, failure)
    {
    }
}

/// <summary>The provider answered with something that is not an answer: <see cref="FailureKind.InvalidResponse"/>.</summary>
public sealed class ProviderInvalidResponseException : ProviderException
{
    internal ProviderInvalidResponseException(ProviderFailure failure)
        : base(FailureKind.InvalidResponse, failure)
    {
    }
}

/// <summary>The prompt does not fit the model's context window: <see cref="FailureKind.ContextTooLong"/>.</summary>
public sealed class ProviderContextTooLongException : ProviderException
{
    internal ProviderContextTooLongException(ProviderFailure failure)
        : base(FailureKind.ContextTooLong, failure)
    {
    }
}

/// <summary>The content policy refused the prompt or the answer: <see cref="FailureKind.ContentFiltered"/>.</summary>
public sealed class ProviderContentFilteredException : ProviderException
{
    internal ProviderContentFilteredException(ProviderFailure failure)
        : base(FailureKind.ContentFiltered, failure)
    {
    }
}

/// <summary>The caller's request is wrong: <see cref="FailureKind.InvalidRequest"/>.</summary>
public sealed class ProviderInvalidRequestException : ProviderException
{
    internal ProviderInvalidRequestException(ProviderFailure failure)
        : base(FailureKind.InvalidRequest, failure)
    {
    }
}
