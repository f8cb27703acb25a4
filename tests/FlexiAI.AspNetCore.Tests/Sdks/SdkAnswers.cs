using FlexiAI.Testing;

namespace FlexiAI.Tests;

/// <summary>A model whose answers show what of a request has reached it, whatever wire it came by.</summary>
internal static class SdkAnswers
{
    public const string Hello = "Hello from the model, word by word";
    public const string HelloBeforeCut = "Hello from the";

    /// <summary>One transparent pixel; its base64 has no sign that JSON may escape.</summary>
    public const string Picture = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";

    public const string Unknown = "\"x_param\":[1,{\"a\":null}]";

    private const string OpenAIUnknown = """{"id":"c","x_new":{"deep":["ä",1.5]},"choices":[{"index":0,"message":{"role":"assistant","content":"hi","x_of_message":true},"finish_reason":"stop"}]}""";
    private const string AnthropicUnknown = """{"id":"m","type":"message","role":"assistant","x_new":{"deep":["ä",1.5]},"content":[{"type":"text","text":"hi","x_of_block":true}],"stop_reason":"end_turn","usage":{"input_tokens":1,"output_tokens":1}}""";

    private static readonly SimulatedToolCall Weather = new("weather", """{"city":"Zürich","days":3}""");
    private static readonly SimulatedToolCall Clock = new("clock", """{"city":"Oslo"}""");

    public static SimulatedAnswer Of(SimulatedRequest request)
    {
        var last = request.Messages[^1].Text;
        return request.Body.Contains("21 degrees", StringComparison.Ordinal) ? "It has 21 degrees."
            : last.StartsWith("long ", StringComparison.Ordinal) ? $"{last.Length} characters"
            : last switch
            {
                "hello" or "[stall]" or "[cut]" => new SimulatedAnswer { Text = Hello, InputTokens = 11, OutputTokens = 7 },
                "weather" => new SimulatedAnswer { ToolCalls = [Weather] },
                "both" => new SimulatedAnswer { ToolCalls = [Weather, Clock] },
                "picture" => request.Body.Contains(Picture.TrimEnd('='), StringComparison.Ordinal) ? "I see it." : "I see nothing.",
                "schema" => request.Body.Contains("inhabitants", StringComparison.Ordinal) ? """{"city":"Bern","inhabitants":134794}""" : "No schema.",
                "roles" => string.Join(' ', request.Messages.Select(message => $"{(message.Role == "model" ? "assistant" : message.Role)}: {message.Text}")),
                _ => last,
            };
    }

    /// <summary>What goes wrong where a request asks for it, and what simulated providers do not speak.</summary>
    public static void Play(SimulatedProvider provider)
    {
        Fail("[stall]", Fault.StallAfter(3));
        Fail("[cut]", Fault.CutAfter(3));
        Fail("[bad]", Fault.InvalidRequest());
        Fail(Unknown, Fault.Status(200, provider.Wire == SimulatedWire.Anthropic ? AnthropicUnknown : OpenAIUnknown));
        provider.Faults.When(
            request => request.Path.EndsWith("/responses", StringComparison.Ordinal) && request.Body.Contains("\"stream\":true", StringComparison.Ordinal),
            Fault.Status(200, SdkResponses.Stream, "text/event-stream"));
        provider.Faults.When(request => request.Path.EndsWith("/responses", StringComparison.Ordinal), Fault.Status(200, SdkResponses.Whole));

        void Fail(string asked, Fault fault) => provider.Faults.When(request => request.Body.Contains(asked, StringComparison.Ordinal), fault);
    }
}
