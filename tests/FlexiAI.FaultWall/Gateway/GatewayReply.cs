using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace FlexiAI.FaultWall;

/// <summary>What a caller outside has seen of one request: by its SDK, and by the wire.</summary>
internal static class GatewayReply
{
    /// <param name="recording">The reply as it came.</param>
    /// <param name="wire">The same, read.</param>
    /// <param name="text">The text that the SDK made of it.</param>
    /// <param name="thrown">What the SDK threw.</param>
    public static Reply Of(Recording recording, WireReader wire, string text, Exception? thrown) => new()
    {
        Text = text,
        Joined = wire.Text,
        Finish = wire.Finish is null ? null : wire.Finish == wire.WholeFinish ? ChatFinishReason.Stop : new ChatFinishReason(wire.Finish),
        Error = wire.Error is { } error ? ErrorOf(recording, wire, error, thrown) : null,
        Flaw = wire.Flaw ?? FlawOf(recording, wire, thrown),
        Provider = recording.Header("x-flexiai-provider"),
        Model = wire.Model,
        InputTokens = wire.InputTokens,
        OutputTokens = wire.OutputTokens,
        Asks = wire.Error is { } failure ? AsksOf(failure) : [],
        RequestId = recording.Header("x-flexiai-request-id"),
        Counted = int.TryParse(recording.Header("x-flexiai-attempts"), CultureInfo.InvariantCulture, out var count) ? count : null,
    };

    private static ReplyError ErrorOf(Recording recording, WireReader wire, JsonElement error, Exception? thrown)
    {
        var isRefused = recording.Status >= 400;
        var word = Word(error, "code") ?? Word(error, "type");
        var message = Word(error, "message") ?? "";
        return new ReplyError
        {
            Type = isRefused ? $"HTTP {recording.Status} {word}" : $"error event {word}",
            Message = message,

            // OpenAI's SDK passes over an error in a stream, which ends without a finish reason then; it throws at any other.
            IsClear = message.Length > 0 && word is not null
                && (!isRefused || thrown is not null)
                && (recording.Status is not (429 or 503) || recording.Header("Retry-After") is not null),
            Kind = (recording.Status, word) switch
            {
                (400, "content_filter" or "content_policy_violation") => FailureKind.ContentFiltered,
                (400, "invalid_request_error") => FailureKind.InvalidRequest,
                _ => null,
            },
            TextSoFar = isRefused ? null : wire.Text,
        };
    }

    private static string? FlawOf(Recording recording, WireReader wire, Exception? thrown) =>
        recording.Header("x-flexiai-request-id") is null ? "no request id"
        : wire.Error is null && thrown is not null ? $"an answer at which the SDK throws {thrown.GetType().Name}: {thrown.Message}"
        : recording.Status == 200 && recording.Header("x-flexiai-provider") is null ? "no word of who answered"
        : null;

    private static List<string> AsksOf(JsonElement error) => error.TryGetProperty("attempts", out var attempts)
        ? [.. attempts.EnumerateArray().Where(attempt => Word(attempt, "outcome") != "skipped").Select(attempt => Word(attempt, "provider") ?? "")]
        : [];

    private static string? Word(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var word) && word.ValueKind == JsonValueKind.String ? word.GetString() : null;
}
