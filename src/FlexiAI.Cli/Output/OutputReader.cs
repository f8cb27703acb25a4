using System.Runtime.InteropServices;

namespace FlexiAI.Cli;

/// <summary>
/// Notices when nobody reads standard output any more, as behind <c>| head -3</c>. .NET's console ignores that, so that a command without an
/// end of its own would go on for nobody.
/// </summary>
internal static class OutputReader
{
    private const int StandardOutput = 1;
    private const short Gone = 0x08 | 0x10 | 0x20;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    /// <summary>Ends when the reader has gone. On Windows, which does not tell, never but by being cancelled.</summary>
    public static async Task WaitUntilGoneAsync(TimeProvider time, CancellationToken cancelled)
    {
        while (OperatingSystem.IsWindows() || !IsGone())
        {
            await Task.Delay(Interval, time, cancelled).ConfigureAwait(false);
        }
    }

    // POLLERR, POLLHUP or POLLNVAL, which need not be asked for and have these values on Linux and macOS.
    private static bool IsGone()
    {
        var output = new Poll { File = StandardOutput };
        return poll(ref output, 1, 0) > 0 && (output.Found & Gone) != 0;
    }

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int poll(ref Poll files, nuint count, int milliseconds);

    [StructLayout(LayoutKind.Sequential)]
    private struct Poll
    {
        public int File;
        public short Asked;
        public short Found;
    }
}
