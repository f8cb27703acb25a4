namespace FlexiAI;

/// <content>Servers by name: each preset knows its address and its dialect.</content>
public sealed partial class OpenAICompatibleProvider
{
    /// <summary>A model that Ollama serves on this machine, <c>http://localhost:11434/v1</c>.</summary>
    /// <param name="model">The model's name.</param>
    public static OpenAICompatibleProvider Ollama(string model) => Preset("ollama", "http://localhost:11434/v1", model, apiKey: null, useMaxTokens: true);

    /// <summary>A model at Groq.</summary>
    /// <param name="model">The model's name.</param>
    /// <param name="apiKey">The key.</param>
    public static OpenAICompatibleProvider Groq(string model, string apiKey) => Preset("groq", "https://api.groq.com/openai/v1", model, apiKey);

    /// <summary>A model of DeepSeek's.</summary>
    /// <param name="model">The model's name.</param>
    /// <param name="apiKey">The key.</param>
    public static OpenAICompatibleProvider DeepSeek(string model, string apiKey) => Preset("deepseek", "https://api.deepseek.com/v1", model, apiKey, useMaxTokens: true);

    /// <summary>A model of Mistral's.</summary>
    /// <param name="model">The model's name.</param>
    /// <param name="apiKey">The key.</param>
    public static OpenAICompatibleProvider Mistral(string model, string apiKey) => Preset("mistral", "https://api.mistral.ai/v1", model, apiKey, useMaxTokens: true);

    /// <summary>A model by way of OpenRouter.</summary>
    /// <param name="model">The model's name with its vendor's, such as <c>mistralai/mistral-small</c>.</param>
    /// <param name="apiKey">The key.</param>
    public static OpenAICompatibleProvider OpenRouter(string model, string apiKey) => Preset("openrouter", "https://openrouter.ai/api/v1", model, apiKey);

    private static OpenAICompatibleProvider Preset(string name, string baseUrl, string model, string? apiKey, bool useMaxTokens = false) =>
        new() { Name = name, BaseUrl = baseUrl, Model = model, ApiKey = apiKey, UseMaxTokens = useMaxTokens };
}
