using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace FlexiAI;

/// <summary>
/// Refuses to serve more than this machine while callers need no key. It looks once before the server binds, and once after, when
/// addresses given to Kestrel in code are known too.
/// </summary>
internal sealed class BindGuard(IServer server, GatewayAccess access, IConfiguration configuration) : IStartupFilter, IHostedLifecycleService
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next)
    {
        ThrowIfOpenToOthers(Addresses.Concat(configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(endpoint => endpoint["Url"] ?? "")));
        return next;
    }

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        ThrowIfOpenToOthers(Addresses);
        return Task.CompletedTask;
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Whether an address of a server is one that only this machine reaches.</summary>
    internal static bool IsLocal(string address)
    {
        if (address.Length == 0)
        {
            return true;
        }

        try
        {
            // Kestrel binds to every address for "*", "+" and for any name that it does not know, so only what is known to be local is.
            var binding = BindingAddress.Parse(address);
            return binding.IsUnixPipe || binding.IsNamedPipe || LoopbackHost.IsLoopback(binding.Host);
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private ICollection<string> Addresses => server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];

    private void ThrowIfOpenToOthers(IEnumerable<string> addresses)
    {
        if (!access.NeedsClientKey && addresses.FirstOrDefault(address => !IsLocal(address)) is { } open)
        {
            throw new InvalidOperationException(
                $"The gateway's address is {open}; allowed without keys in Gateway:ClientKeys: localhost, 127.0.0.1, [::1] or a Unix socket. "
                + "Configure client keys to serve other machines.");
        }
    }
}
