using System.Net;
using System.Security.Authentication;
using System.Text.Json;

namespace FlexiAI;

/// <summary>The rows of the failure table that hold for every HTTP provider: by status, and by what .NET throws when there is none.</summary>
internal static class HttpFailures
{
    public static FailureKind Classify(FailureEvidence evidence) =>
        evidence.StatusCode is >= 400 and { } status ? OfStatus(status)
        : evidence.StatusCode is >= 300 ? FailureKind.InvalidConfiguration
        : OfException(evidence.Exception, responded: evidence.StatusCode is not null);

    private static FailureKind OfStatus(int status) => status switch
    {
        401 or 403 => FailureKind.Authentication,
        402 => FailureKind.QuotaExhausted,
        // The proxy between us and the provider wants a password: nothing about the request is wrong.
        407 => FailureKind.InvalidConfiguration,
        404 or 410 => FailureKind.ModelNotFound,
        408 => FailureKind.ServerError,
        429 => FailureKind.RateLimited,
        >= 500 => FailureKind.ServerError,
        _ => FailureKind.InvalidRequest,
    };

    private static FailureKind OfException(Exception exception, bool responded)
    {
        for (var e = exception; e is not null; e = e.InnerException)
        {
            switch (e)
            {
                case ProviderException provider:
                    return provider.Kind;
                case OperationCanceledException or TimeoutException:
                    return FailureKind.Timeout;
                // Before the kinds of exception that these are kinds of.
                case UriFormatException or FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException:
                    return FailureKind.InvalidConfiguration;
                case HttpRequestException { StatusCode: >= HttpStatusCode.BadRequest and { } status }:
                    return OfStatus((int)status);
                case HttpRequestException { HttpRequestError: HttpRequestError.InvalidResponse or HttpRequestError.ConfigurationLimitExceeded }:
                case HttpIOException { HttpRequestError: HttpRequestError.InvalidResponse or HttpRequestError.ConfigurationLimitExceeded }:
                case JsonException or FormatException:
                    return FailureKind.InvalidResponse;
                case HttpRequestException or IOException or System.Net.Sockets.SocketException or AuthenticationException:
                    return FailureKind.Network;
                case ArgumentException or NotSupportedException when !responded:
                    // The client refused the request before it sent anything.
                    return FailureKind.InvalidRequest;
                case AllProvidersFailedException:
                    return FailureKind.ServerError;
                default:
                    break;
            }
        }

        // Whatever else a client throws, it had no answer to give.
        return FailureKind.InvalidResponse;
    }
}
