using System.Globalization;

namespace FlexiAI.Fleet;

/// <summary>What a worker process is told on its command line.</summary>
internal sealed record WorkerSettings(string Name, string Redis, string Scope, string Primary, string Backup)
{
    /// <summary>Requests per second.</summary>
    public double Rate { get; init; } = 25;

    public TimeSpan Recovery { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Far above what Redis takes on a busy machine: a question given up is answered by local rules, and those are another test's.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How many probes the fleet may have out.</summary>
    public int Places { get; init; } = 1;

    public int Quorum { get; init; } = 1;

    public string[] ToArguments() =>
    [
        "worker", Name, Redis, Scope, Primary, Backup,
        .. new[] { Rate, Recovery.TotalSeconds, Lease.TotalSeconds, Timeout.TotalSeconds, Places, Quorum }.Select(number => number.ToString(CultureInfo.InvariantCulture)),
    ];

    public static WorkerSettings? Parse(string[] arguments) => arguments is ["worker", var name, var redis, var scope, var primary, var backup, .. var numbers]
        ? new(name, redis, scope, primary, backup)
        {
            Rate = Number(numbers[0]),
            Recovery = TimeSpan.FromSeconds(Number(numbers[1])),
            Lease = TimeSpan.FromSeconds(Number(numbers[2])),
            Timeout = TimeSpan.FromSeconds(Number(numbers[3])),
            Places = (int)Number(numbers[4]),
            Quorum = (int)Number(numbers[5]),
        }
        : null;

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
