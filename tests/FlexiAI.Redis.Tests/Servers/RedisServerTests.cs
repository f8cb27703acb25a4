using System.Diagnostics;

namespace FlexiAI.Tests;

public class RedisServerTests
{
    [Fact(Timeout = 60_000)]
    public async Task A_server_and_its_folder_end_when_what_started_it_ends_without_a_word()
    {
        var server = await RedisServer.StartAsync();
        using var process = Process.GetProcessById(server.ProcessId);

        server.Forsake();

        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        while (Directory.Exists(server.Folder))
        {
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        await server.DisposeAsync();
    }
}
