using System.Net.Sockets;

namespace FlexiAI.Testing;

/// <summary>
/// The bytes that a socket has taken but not sent yet, because the other side's acknowledgements are still to come. A reset drops them.
/// </summary>
internal static class SendQueue
{
    // Linux: the option TCP_INFO of the level IPPROTO_TCP, and the place of tcpi_notsent_bytes in it (linux/tcp.h).
    private const int Level = 6;
    private const int TcpInfo = 11;
    private const int NotSent = 144;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Waits, at most a second, until all of it is sent; in real time, whatever the provider's clock says, because that is the network's.
    /// Elsewhere than on Linux it does not wait.
    /// </summary>
    public static async Task DrainAsync(Socket socket, CancellationToken cancellationToken)
    {
        var begin = TimeProvider.System.GetTimestamp();
        while (OperatingSystem.IsLinux() && Unsent(socket) > 0 && TimeProvider.System.GetElapsedTime(begin) < Longest)
        {
            await Task.Delay(Pause, TimeProvider.System, cancellationToken).ConfigureAwait(false);
        }
    }

    private static uint Unsent(Socket socket)
    {
        Span<byte> info = stackalloc byte[NotSent + sizeof(uint)];
        try
        {
            return socket.GetRawSocketOption(Level, TcpInfo, info) == info.Length ? BitConverter.ToUInt32(info[NotSent..]) : 0;
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The client is gone already.
            return 0;
        }
    }
}
