using System.Net.Http.Headers;
using Google.Apis.Auth.OAuth2;
using Google.Apis.Auth.OAuth2.Responses;

namespace FlexiAI;

/// <summary>
/// The access tokens of one entry. Google's library keeps each until shortly before it ends and shares one request between all who wait.
/// </summary>
internal sealed class GoogleTokens(VertexAIProvider entry, HttpClient http)
{
    private const string NoToken = "The token endpoint's reply is neither a token nor an error.";
    private const string Scope = "https://www.googleapis.com/auth/cloud-platform";

    private GoogleCredential? _credential;

    /// <exception cref="GoogleCredentialException">There is none to be had.</exception>
    public async ValueTask AuthorizeAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (entry.AccessToken is { Length: > 0 } token)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            return;
        }

        if (entry.TokenProvider is { } provider)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await AskAsync(provider, cancellationToken).ConfigureAwait(false));
            return;
        }

        ITokenAccessWithHeaders credential = await CredentialAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var access = await credential.GetAccessTokenWithHeadersForRequestAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
            if (string.IsNullOrEmpty(access.AccessToken))
            {
                throw new GoogleCredentialException(kind: null, NoToken);
            }

            access.AddHeaders(request);
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", access.AccessToken);
        }
        catch (TokenResponseException e)
        {
            throw new GoogleCredentialException(OfStatus(e.StatusCode), $"The token endpoint refused: {e.Error?.Error ?? "no reason given"}. {e.Error?.ErrorDescription}".TrimEnd(), e);
        }
        catch (Exception e) when (e is NullReferenceException or Newtonsoft.Json.JsonException)
        {
            // What the library does with a reply that has no error object, or that is no JSON.
            throw new GoogleCredentialException(kind: null, NoToken, e);
        }
    }

    private static async Task<string> AskAsync(Func<CancellationToken, ValueTask<string>> provider, CancellationToken cancellationToken)
    {
        try
        {
            return await provider(cancellationToken).ConfigureAwait(false) is { Length: > 0 } token && GoogleProvider.IsHeaderText(token)
                ? token
                : throw new GoogleCredentialException(FailureKind.Authentication, "TokenProvider gave no token.");
        }
        catch (Exception e) when (e is not (OperationCanceledException or HttpRequestException or GoogleCredentialException))
        {
            throw new GoogleCredentialException(FailureKind.Authentication, $"TokenProvider failed: {e.Message}", e);
        }
    }

    private static FailureKind? OfStatus(System.Net.HttpStatusCode? status) => status is { } code ? GoogleFailures.OfTokenEndpoint((int)code) : null;

    // Two first callers may both read it; one of the two credentials is kept, so tokens are asked for once.
    private async Task<GoogleCredential> CredentialAsync(CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _credential) is { } known)
        {
            return known;
        }

        var read = await ReadAsync(cancellationToken).ConfigureAwait(false);
        var ready = read.CreateScoped(Scope).CreateWithHttpClientFactory(new EntryHttpClientFactory(http, entry.Timeout));
        return Interlocked.CompareExchange(ref _credential, ready, null) ?? ready;
    }

    private async Task<GoogleCredential> ReadAsync(CancellationToken cancellationToken)
    {
        if (entry.ServiceAccountJson is { Length: > 0 } json)
        {
            return ServiceAccountReader.Read(json, nameof(entry.ServiceAccountJson));
        }

        if (entry.ServiceAccountFile is { Length: > 0 } path)
        {
            return await ServiceAccountReader.ReadFileAsync(path, cancellationToken).ConfigureAwait(false);
        }

        try
        {
            return await GoogleCredential.GetApplicationDefaultAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw new GoogleCredentialException(
                FailureKind.InvalidConfiguration, $"There are no application default credentials to be used ({e.GetType().Name}): set GOOGLE_APPLICATION_CREDENTIALS, or ServiceAccountFile.");
        }
    }
}
