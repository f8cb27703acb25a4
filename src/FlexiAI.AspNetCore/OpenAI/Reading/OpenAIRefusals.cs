namespace FlexiAI;

/// <summary>Refuses the parameters that would change the answer and that no other wire has.</summary>
/// <remarks>
/// What cannot change the answer's meaning (user, metadata, store, service_tier, prompt_cache_key, ...) is ignored, and so is what OpenAI's
/// API does not know: clients send extras meant for one vendor or another, and servers that are not meant ignore them too.
/// </remarks>
internal static class OpenAIRefusals
{
    private static readonly string[] Never = ["audio", "functions", "function_call", "prediction", "web_search_options"];

    /// <exception cref="WireException">One is there.</exception>
    public static void Check(OpenAIField request)
    {
        foreach (var name in Never)
        {
            if (request.Find(name) is { } field)
            {
                throw field.NotCarried(name.StartsWith("function", StringComparison.Ordinal) ? "tools and tool_choice take its place" : "it must be left out");
            }
        }

        if (request.Find("n") is { } n && n.Whole(1, 128) != 1)
        {
            throw n.NotCarried("it must be 1");
        }

        if (request.Find("logprobs") is { } logprobs && logprobs.Bool())
        {
            throw logprobs.NotCarried("it must be false");
        }

        if (request.Find("top_logprobs") is { } top && top.Whole(0, 20) != 0)
        {
            throw top.NotCarried("it must be 0");
        }

        if (request.Find("logit_bias") is { } bias && bias.Object().Value.EnumerateObject().Any())
        {
            throw bias.NotCarried("it must be empty");
        }

        if (request.Find("modalities") is { } modalities && modalities.Items().Any(item => item.Text() != "text"))
        {
            throw modalities.NotCarried("it must be [\"text\"]");
        }

        if (request.Find("verbosity") is { } verbosity && verbosity.Text() != "medium")
        {
            throw verbosity.NotCarried("it must be \"medium\"");
        }
    }
}
