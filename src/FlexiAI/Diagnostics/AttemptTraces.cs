using System.Diagnostics;
using Microsoft.Extensions.AI;
using static FlexiAI.Listening;

namespace FlexiAI;

/// <summary>The span of an attempt, by the GenAI semantic conventions. No content of a message, no secret.</summary>
internal static class AttemptTraces
{
    /// <param name="request">The span of the request; null to go by what is current.</param>
    /// <param name="provider">Who is asked.</param>
    /// <param name="operation">What is asked, by the conventions.</param>
    /// <param name="number">Which of the request's attempts it is, from 1.</param>
    public static Activity? Start(Activity? request, Provider provider, string operation, int number) => Traces.Source.HasListeners()
        ? Safely(
            static call =>
            {
                // A stream is taken up in the flow of its reader, where the request's span is not the current one.
                var activity = Traces.Source.StartActivity(
                    $"{call.operation} {call.provider.Model}".TrimEnd(), ActivityKind.Client, call.request?.Context ?? default)
                    ?.SetTag(GenAI.Operation, call.operation)
                    .SetTag(GenAI.Vendor, GenAI.VendorOf(call.provider))
                    .SetTag(GenAI.RequestModel, call.provider.Model)
                    .SetTag(GenAI.Provider, call.provider.Name)
                    .SetTag("flexiai.attempt", call.number);
                if (activity is not null && Uri.TryCreate(call.provider.Options.BaseUrl, UriKind.Absolute, out var server))
                {
                    activity.SetTag("server.address", server.Host).SetTag("server.port", server.Port);
                }

                return activity;
            },
            (request, provider, operation, number))
        : null;

    public static void Asked(Activity attempt, ChatOptions? options, bool streamed) => Safely(
        static asked => asked.attempt
            .SetTag("gen_ai.request.stream", asked.streamed ? true : null)
            .SetTag("gen_ai.request.max_tokens", asked.options?.MaxOutputTokens)
            .SetTag("gen_ai.request.temperature", asked.options?.Temperature)
            .SetTag("gen_ai.request.top_p", asked.options?.TopP)
            .SetTag("gen_ai.request.top_k", asked.options?.TopK)
            .SetTag("gen_ai.request.frequency_penalty", asked.options?.FrequencyPenalty)
            .SetTag("gen_ai.request.presence_penalty", asked.options?.PresencePenalty)
            .SetTag("gen_ai.request.seed", asked.options?.Seed),
        (attempt, options, streamed));

    public static void Answered(Activity attempt, string? model, string? id, ChatFinishReason? finish) => Safely(
        static answered => answered.attempt
            .SetTag("gen_ai.response.model", answered.model)
            .SetTag("gen_ai.response.id", answered.id)
            .SetTag("gen_ai.response.finish_reasons", answered.finish is { } reason ? new[] { reason.Value } : null),
        (attempt, model, id, finish));

    public static void Ended(Activity activity, Attempt attempt, int? status) => Safely(
        static ended =>
        {
            var (activity, attempt, status) = ended;
            activity.SetTag("gen_ai.usage.input_tokens", attempt.Usage?.InputTokenCount)
                .SetTag("gen_ai.usage.output_tokens", attempt.Usage?.OutputTokenCount)
                .SetTag("http.response.status_code", attempt.StatusCode ?? status)
                .SetTag(GenAI.Outcome, attempt.Outcome.ToString());
            if (attempt.Kind is { } kind)
            {
                // Not the provider's reason: it may repeat what it was asked.
                activity.SetTag(GenAI.ErrorType, kind.ToString()).SetStatus(ActivityStatusCode.Error, kind.ToString());
            }

            activity.Stop();
            return 0;
        },
        (activity, attempt, status));
}
