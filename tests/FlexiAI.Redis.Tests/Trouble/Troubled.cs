namespace FlexiAI.Tests;

/// <summary>What the tests of trouble with Redis have in common.</summary>
internal static class Troubled
{
    /// <summary>A break that does not end while a test runs.</summary>
    public static void Slowly(FlexiOptions options) => options.CircuitBreaker.RecoveryTimeout = TimeSpan.FromMinutes(10);

    /// <summary>A first break that ends at once, and later ones that do not end while a test runs.</summary>
    public static void OnceQuickly(FlexiOptions options)
    {
        options.CircuitBreaker.RecoveryTimeout = TimeSpan.FromMilliseconds(300);
        options.CircuitBreaker.RecoveryBackoffFactor = 100;
        options.CircuitBreaker.MaxRecoveryTimeout = TimeSpan.FromMinutes(10);
    }

    public static void Often(RedisSharingOptions redis) => redis.PollInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>Reads so seldom that a test meets only what requests do.</summary>
    public static void Seldom(RedisSharingOptions redis) => redis.PollInterval = TimeSpan.FromMinutes(1);

    public static int Lost(this SharingFleet fleet) => fleet.Log.Lines.Count(line => line.StartsWith("Redis is not reached", StringComparison.Ordinal));

    public static int Found(this SharingFleet fleet) => fleet.Log.Lines.Count(line => line.Contains("are shared through Redis", StringComparison.Ordinal));

    public static Task DisconnectedAsync(this SharingFleet fleet) =>
        SharingFleet.UntilAsync(() => fleet.Clients.TrueForAll(client => !client.GetProviderStatus("primary").Sharing!.Connected), "every process knows that Redis is away");

    /// <summary>Waits until the break is over for every process, and for Redis, where it may end two milliseconds later and who asks is still refused.</summary>
    public static async Task BreakOverAsync(this SharingFleet fleet)
    {
        await SharingFleet.UntilAsync(() => Enumerable.Range(0, fleet.Clients.Count).All(i => fleet.Circuit(i).RetryAfter == TimeSpan.Zero), "the break is over");
        await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, SharingFleet.Stop);
    }

    /// <summary>Every process reaches Redis, and knows the same epoch of the same state: a later one than this, if one is named.</summary>
    public static Task AgreedAsync(this SharingFleet fleet, CircuitState state, long after = 0) => SharingFleet.UntilAsync(
        () =>
        {
            var all = fleet.Clients.ConvertAll(client => client.GetProviderStatus("primary"));
            return all.TrueForAll(one => one.Sharing!.Connected && one.Sharing.Epoch > after && one.Sharing.Epoch == all[0].Sharing!.Epoch && one.CircuitBreaker.State == state);
        },
        $"all agree that the circuit is {state}");

    /// <summary>Opens the circuit of all and lets its break end; then the first process's probe is out, and the others know of it.</summary>
    /// <returns>What ends the probe's call, and its request.</returns>
    public static async Task<(TaskCompletionSource Answer, Task Request)> HalfOpenAsync(this SharingFleet fleet)
    {
        await fleet.TripAsync(0);
        await fleet.AllAsync(CircuitState.Open);
        return await fleet.ProbeAsync();
    }

    /// <summary>Lets the break of all end; then the first process's probe is out, and the others know of it.</summary>
    /// <returns>What ends the probe's call, and its request.</returns>
    public static async Task<(TaskCompletionSource Answer, Task Request)> ProbeAsync(this SharingFleet fleet)
    {
        await fleet.BreakOverAsync();
        var answer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var before = fleet.Primary.Calls;
        fleet.Primary.Reply = async _ =>
        {
            await answer.Task;
            return Answers.Text("back");
        };
        var request = fleet.AskAsync(0);
        await SharingFleet.UntilAsync(() => fleet.Primary.Calls > before, "the probe is out");
        await fleet.AllAsync(CircuitState.HalfOpen);
        return (answer, request);
    }
}
