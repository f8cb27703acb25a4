using System.Net.Sockets;
using System.Text;

namespace FlexiAI.Tests;

internal static class Failures
{
    /// <summary>The socket error at the bottom of an exception, if there is one.</summary>
    public static SocketError? SocketError(this Exception? exception)
    {
        while (exception is not null and not SocketException)
        {
            exception = exception.InnerException;
        }

        return (exception as SocketException)?.SocketErrorCode;
    }

    /// <summary>Reads a body to its end or its failure, whichever comes.</summary>
    public static async Task<(string Text, Exception? Exception)> ReadUntilItFailsAsync(this HttpResponseMessage response)
    {
        var text = new StringBuilder();
        try
        {
            await using var body = await response.Content.ReadAsStreamAsync(Raw.Token);
            var buffer = new byte[4096];
            while (await body.ReadAsync(buffer, Raw.Token) is var read and > 0)
            {
                text.Append(Encoding.UTF8.GetString(buffer, 0, read));
            }

            return (text.ToString(), null);
        }
        catch (IOException exception)
        {
            return (text.ToString(), exception);
        }
    }
}
