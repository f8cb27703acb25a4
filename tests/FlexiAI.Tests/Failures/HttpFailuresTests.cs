using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text.Json;

namespace FlexiAI.Tests.Failures;

public class HttpFailuresTests
{
    private static readonly Exception Any = new InvalidOperationException("the SDK's own");

    private static FailureKind Classify(Exception exception, int? status = null) => HttpFailures.Classify(new FailureEvidence(exception, status));

    public static TheoryData<int> Statuses() => [.. Enumerable.Range(300, 300)];

    [Theory]
    [MemberData(nameof(Statuses))]
    public void Each_status_has_its_kind_whatever_the_client_threw(int status)
    {
        var expected = status switch
        {
            < 400 or 407 => FailureKind.InvalidConfiguration,
            401 or 403 => FailureKind.Authentication,
            402 => FailureKind.QuotaExhausted,
            404 or 410 => FailureKind.ModelNotFound,
            429 => FailureKind.RateLimited,
            408 or >= 500 => FailureKind.ServerError,
            _ => FailureKind.InvalidRequest,
        };

        Assert.Equal(expected, Classify(Any, status));
        Assert.Equal(expected, Classify(new TaskCanceledException(), status));
        Assert.Equal(expected, Classify(new JsonException(), status));
    }

    public static TheoryData<string, Exception, FailureKind> Exceptions()
    {
        var data = new TheoryData<string, Exception, FailureKind>();
        void Row(Exception exception, FailureKind kind) => data.Add($"{data.Count}: {exception.GetType().Name}", exception, kind);

        Row(new TaskCanceledException(), FailureKind.Timeout);
        Row(new OperationCanceledException(), FailureKind.Timeout);
        Row(new TimeoutException(), FailureKind.Timeout);
        Row(new TaskCanceledException("", new TimeoutException()), FailureKind.Timeout);

        Row(new HttpRequestException(HttpRequestError.NameResolutionError), FailureKind.Network);
        Row(new HttpRequestException(HttpRequestError.ConnectionError, inner: new SocketException((int)SocketError.ConnectionRefused)), FailureKind.Network);
        Row(new HttpRequestException(HttpRequestError.SecureConnectionError, inner: new AuthenticationException()), FailureKind.Network);
        Row(new HttpRequestException(HttpRequestError.ResponseEnded), FailureKind.Network);
        Row(new HttpIOException(HttpRequestError.ResponseEnded), FailureKind.Network);
        Row(new IOException("reset", new SocketException((int)SocketError.ConnectionReset)), FailureKind.Network);
        Row(new SocketException((int)SocketError.TimedOut), FailureKind.Network);
        Row(new AuthenticationException(), FailureKind.Network);
        Row(new InvalidOperationException("the SDK's own", new HttpRequestException("refused")), FailureKind.Network);

        Row(new HttpRequestException("", null, HttpStatusCode.ServiceUnavailable), FailureKind.ServerError);
        Row(new HttpRequestException("", null, HttpStatusCode.TooManyRequests), FailureKind.RateLimited);
        Row(new HttpRequestException("", null, HttpStatusCode.BadRequest), FailureKind.InvalidRequest);
        Row(new HttpRequestException("", null, HttpStatusCode.OK), FailureKind.Network);

        Row(new HttpRequestException(HttpRequestError.InvalidResponse), FailureKind.InvalidResponse);
        Row(new HttpRequestException(HttpRequestError.ConfigurationLimitExceeded), FailureKind.InvalidResponse);
        Row(new HttpIOException(HttpRequestError.InvalidResponse), FailureKind.InvalidResponse);
        Row(new HttpIOException(HttpRequestError.ConfigurationLimitExceeded), FailureKind.InvalidResponse);
        Row(new JsonException(), FailureKind.InvalidResponse);
        Row(new FormatException(), FailureKind.InvalidResponse);
        Row(new InvalidDataException(), FailureKind.InvalidResponse);
        Row(new KeyNotFoundException(), FailureKind.InvalidResponse);

        Row(new UriFormatException(), FailureKind.InvalidConfiguration);
        Row(new FileNotFoundException(), FailureKind.InvalidConfiguration);
        Row(new DirectoryNotFoundException(), FailureKind.InvalidConfiguration);
        Row(new UnauthorizedAccessException(), FailureKind.InvalidConfiguration);
        Row(new InvalidOperationException("credentials", new FileNotFoundException()), FailureKind.InvalidConfiguration);

        Row(new AllProvidersFailedException([], TimeSpan.Zero, null), FailureKind.ServerError);
        foreach (var kind in Enum.GetValues<FailureKind>().Where(kind => kind != FailureKind.Cancelled))
        {
            var inner = ProviderException.Create(kind, new("inner", "reason", null, null, null));
            Row(inner, kind);
            Row(new StreamInterruptedException(inner, "so far", []), kind);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Exceptions))]
    public void Without_an_error_status_the_exception_decides(string row, Exception exception, FailureKind kind)
    {
        Assert.NotEmpty(row);
        Assert.Equal(kind, Classify(exception));
        Assert.Equal(kind, Classify(exception, 200));
    }

    [Fact]
    public void An_argument_the_client_refused_before_sending_is_the_callers_and_one_it_choked_on_afterwards_the_providers()
    {
        foreach (var exception in new Exception[] { new DuplicateWaitObjectException(), new System.Text.DecoderFallbackException(), new NotSupportedException() })
        {
            Assert.Equal(FailureKind.InvalidRequest, Classify(exception));
            Assert.Equal(FailureKind.InvalidResponse, Classify(exception, 200));
        }
    }
}
