using System.Diagnostics;
using static FlexiAI.Listening;

namespace FlexiAI;

/// <summary>The span of a request: when it began, whom it did not ask, how it ended. No content of a message, no secret.</summary>
internal static class Traces
{
    public static ActivitySource Source { get; } = new(FlexiTelemetry.Name);

    /// <summary>The request under way in this flow of execution; null where nobody traces it.</summary>
    public static Activity? CurrentRequest =>
        Source.HasListeners() && Activity.Current is { Kind: ActivityKind.Internal } current && current.Source == Source ? current : null;

    public static Activity? StartRequest(string operation) => Source.HasListeners()
        ? Safely(static name => Source.StartActivity($"flexiai {name}")?.SetTag(GenAI.Operation, name), operation)
        : null;

    public static void Skipped(Activity request, Attempt attempt) => Safely(
        static skipped => skipped.request.AddEvent(new ActivityEvent("flexiai.provider.skipped", tags: new ActivityTagsCollection
        {
            [GenAI.Provider] = skipped.attempt.Provider,
            ["flexiai.skip.reason"] = skipped.attempt.SkipReason.ToString(),
        })),
        (request, attempt));

    public static void RequestEnded(Activity request, string outcome, Exception? failure) => Safely(
        static ended =>
        {
            ended.request.SetTag(GenAI.Outcome, ended.outcome);
            if (ended.failure is not null)
            {
                var type = ErrorType(ended.failure);
                ended.request.SetTag(GenAI.ErrorType, type);

                // An exception's own words may be a provider's, which may repeat what it was asked.
                ended.request.SetStatus(ActivityStatusCode.Error, ended.failure is AllProvidersFailedException ? "No provider answered." : type);
            }

            ended.request.Stop();
            return 0;
        },
        (request, outcome, failure));

    private static string ErrorType(Exception failure) => failure switch
    {
        ProviderException provider => provider.Kind.ToString(),
        _ => failure.GetType().Name,
    };
}
