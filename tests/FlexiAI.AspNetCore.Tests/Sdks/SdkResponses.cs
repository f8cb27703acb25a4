namespace FlexiAI.Tests;

/// <summary>A response of OpenAI's Responses wire, whole and streamed.</summary>
internal static class SdkResponses
{
    public const string Text = "Hello from responses";

    public const string Whole = """{"id":"resp_1","object":"response","created_at":1800000000,"status":"completed","model":"good-model","output":[{"id":"msg_1","type":"message","status":"completed","role":"assistant","content":[{"type":"output_text","text":"Hello from responses","annotations":[]}]}],"parallel_tool_calls":true,"tools":[],"tool_choice":"auto","usage":{"input_tokens":3,"input_tokens_details":{"cached_tokens":0},"output_tokens":3,"output_tokens_details":{"reasoning_tokens":0},"total_tokens":6},"x_new":true}""";

    private const string Begun = """{"id":"resp_1","object":"response","created_at":1800000000,"status":"in_progress","model":"good-model","output":[],"parallel_tool_calls":true,"tools":[],"tool_choice":"auto"}""";

    public static string Stream { get; } = string.Concat(
        Event("response.created", $"\"response\":{Begun}", 0),
        Event("response.output_item.added", "\"output_index\":0,\"item\":{\"id\":\"msg_1\",\"type\":\"message\",\"status\":\"in_progress\",\"role\":\"assistant\",\"content\":[]}", 1),
        Event("response.content_part.added", "\"item_id\":\"msg_1\",\"output_index\":0,\"content_index\":0,\"part\":{\"type\":\"output_text\",\"text\":\"\",\"annotations\":[]}", 2),
        Delta("Hello", 3),
        Delta(" from", 4),
        Delta(" responses", 5),
        Event("response.output_text.done", "\"item_id\":\"msg_1\",\"output_index\":0,\"content_index\":0,\"text\":\"Hello from responses\",\"logprobs\":[]", 6),
        Event("response.completed", $"\"response\":{Whole}", 7));

    private static string Delta(string text, int number) =>
        Event("response.output_text.delta", $"\"item_id\":\"msg_1\",\"output_index\":0,\"content_index\":0,\"delta\":\"{text}\",\"logprobs\":[]", number);

    private static string Event(string type, string fields, int number) =>
        $"event: {type}\ndata: {{\"type\":\"{type}\",\"sequence_number\":{number},{fields}}}\n\n";
}
