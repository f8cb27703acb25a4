using FlexiAI.Testing;

namespace FlexiAI.Samples;

/// <summary>
/// Three simulated vendors on loopback sockets, so that a sample needs no key and prints the same for everybody. With keys of your own
/// the same code reaches the real ones: leave out <see cref="Redirect"/>.
/// </summary>
internal sealed class Simulation : IAsyncDisposable
{
    private Simulation(SimulatedProvider openAI, SimulatedProvider anthropic, SimulatedProvider google, TimeProvider time)
    {
        (OpenAI, Anthropic, Google, Time) = (openAI, anthropic, google, time);
        foreach (var provider in new[] { openAI, anthropic, google })
        {
            provider.Faults.When(request => request.Model == "invalid-model-xyz", Fault.ModelNotFound());
        }
    }

    public SimulatedProvider OpenAI { get; }

    public SimulatedProvider Anthropic { get; }

    public SimulatedProvider Google { get; }

    /// <summary>The clock of samples that wait.</summary>
    public TimeProvider Time { get; }

    public static async Task<Simulation> StartAsync(TimeProvider time) => new(
        await SimulatedProvider.StartAsync(SimulatedWire.OpenAI),
        await SimulatedProvider.StartAsync(SimulatedWire.Anthropic),
        await SimulatedProvider.StartAsync(SimulatedWire.Google),
        time);

    /// <summary>From now on every request to this provider fails.</summary>
    public static void TakeDown(SimulatedProvider provider) => provider.Faults.Always(Fault.Overloaded());

    /// <summary>Sends every entry to the simulated vendor of its type, with a made-up key where the sample has none.</summary>
    public void Redirect(FlexiOptions options)
    {
        foreach (var entry in options.Providers)
        {
            var vendor = entry switch
            {
                OpenAIProvider => OpenAI,
                AnthropicProvider => Anthropic,
                VertexAIProvider or GeminiProvider => Google,
                _ => null,
            };
            if (vendor is null)
            {
                continue;
            }

            entry.BaseUrl = vendor.BaseUrl;
            entry.ApiKey ??= "simulated-key";
            if (entry is VertexAIProvider vertex)
            {
                vertex.Project ??= "simulated-project";
                vertex.AccessToken = "simulated-token";
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await OpenAI.DisposeAsync();
        await Anthropic.DisposeAsync();
        await Google.DisposeAsync();
    }
}
