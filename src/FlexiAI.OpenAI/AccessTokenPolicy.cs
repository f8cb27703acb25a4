using System.ClientModel.Primitives;

namespace FlexiAI;

/// <summary>Sends an access token that a callback gives. The SDK's own policy refuses plain http, and with it every server on this machine.</summary>
internal sealed class AccessTokenPolicy(Func<CancellationToken, ValueTask<string>> provider) : AuthenticationPolicy
{
    public override void Process(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex) =>
        throw new NotSupportedException("An access token can only be fetched asynchronously.");

    public override async ValueTask ProcessAsync(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex)
    {
        message.Request.Headers.Set("Authorization", $"Bearer {await GetTokenAsync(provider, message.CancellationToken).ConfigureAwait(false)}");
        await ProcessNextAsync(message, pipeline, currentIndex).ConfigureAwait(false);
    }

    /// <exception cref="AccessTokenException">There was no token.</exception>
    public static async ValueTask<string> GetTokenAsync(Func<CancellationToken, ValueTask<string>> provider, CancellationToken cancellationToken)
    {
        string token;
        try
        {
            token = await provider(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw new AccessTokenException("The TokenProvider failed.", e);
        }

        return string.IsNullOrWhiteSpace(token) ? throw new AccessTokenException("The TokenProvider gave no token.", innerException: null) : token;
    }
}

/// <summary>There was no access token to send.</summary>
internal sealed class AccessTokenException(string message, Exception? innerException) : Exception(message, innerException);
