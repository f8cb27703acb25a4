namespace FlexiAI;

/// <summary>Names of the GenAI semantic conventions of OpenTelemetry.</summary>
internal static class GenAI
{
    public const string Operation = "gen_ai.operation.name";
    public const string Vendor = "gen_ai.provider.name";
    public const string RequestModel = "gen_ai.request.model";
    public const string TokenType = "gen_ai.token.type";
    public const string ErrorType = "error.type";
    public const string Provider = "flexiai.provider";
    public const string Outcome = "flexiai.outcome";

    /// <summary>The conventions' name of an entry's vendor; the entry's type where they have none.</summary>
    public static string VendorOf(Provider provider) => provider.Options.Type switch
    {
        "azure-openai" => "azure.ai.openai",
        "gemini" => "gcp.gemini",
        "vertexai" => "gcp.vertex_ai",
        var type => type,
    };
}
