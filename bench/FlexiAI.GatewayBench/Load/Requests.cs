namespace FlexiAI.GatewayBench;

/// <summary>What is asked: the same of the upstream, of YARP and of the gateway.</summary>
internal static class Requests
{
    public const string Key = "key-of-nobody-0123456789";

    public const string Path = "/v1/chat/completions";

    private const string Instructions =
        "You are a helpful assistant of a company that sells garden furniture. Answer in full sentences and briefly. Where you do not know something, "
        + "say so. Never speak of prices that were not given to you, and give every length in centimetres.";

    private const string Question =
        "I have a terrace of four by three metres, half of it under a roof, and would like to seat six people there. Which table would you propose, "
        + "and how much room should I leave between the chairs and the wall?";

    /// <summary>A whole reply.</summary>
    public static string Whole(string model) => Body(model, "");

    /// <summary>A stream.</summary>
    /// <param name="model">The model.</param>
    /// <param name="gap">How long the upstream waits after the first content, in milliseconds, up to 999.</param>
    /// <param name="pace">How long it waits before each event after that.</param>
    public static string Stream(string model, int gap, int pace) => Body(model, $"\"stream\":true,\"user\":\"{gap:000},{pace:000}\",");

    private static string Body(string model, string more) => $$"""
        {"model":"{{model}}",{{more}}"temperature":0.2,"max_tokens":400,"messages":[{"role":"system","content":"{{Instructions}}"},{"role":"user","content":"{{Question}}"}]}
        """;
}
