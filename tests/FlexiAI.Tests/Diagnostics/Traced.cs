using System.Collections.Concurrent;
using System.Diagnostics;

namespace FlexiAI.Tests;

/// <summary>The activities of one act. Listeners hear every test of the process, so that tests with one take turns.</summary>
internal static class Traced
{
    public static async Task<List<Activity>> By(Func<Task> act)
    {
        using var source = new ActivitySource("test");
        var ended = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = heard => heard.Name is "FlexiAI" or "test",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = ended.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        ActivityTraceId trace;
        using (var root = source.StartActivity("root"))
        {
            trace = root!.TraceId;
            await Record.ExceptionAsync(act);
        }

        return [.. ended.Where(activity => activity.TraceId == trace)];
    }

    public static Activity Request(this IEnumerable<Activity> activities) => activities.Single(activity => activity.OperationName.StartsWith("flexiai ", StringComparison.Ordinal));

    public static List<Activity> Attempts(this IEnumerable<Activity> activities) => [.. activities.Where(activity => activity.Kind == ActivityKind.Client)];

    /// <summary>Everything that the activities say.</summary>
    public static string Text(this IEnumerable<Activity> activities) => string.Join('\n', activities.SelectMany(activity =>
        activity.TagObjects.Concat(activity.Baggage.Select(item => new KeyValuePair<string, object?>(item.Key, item.Value)))
            .Concat(activity.Events.SelectMany(told => told.Tags))
            .Select(tag => $"{tag.Key}={tag.Value}")
            .Append(activity.DisplayName)
            .Append(activity.StatusDescription)));
}
