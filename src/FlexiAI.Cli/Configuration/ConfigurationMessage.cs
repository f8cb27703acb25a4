namespace FlexiAI.Cli;

/// <summary>Words of the configuration system, made to say what is allowed.</summary>
internal static class ConfigurationMessage
{
    public static string Of(Exception exception) => exception.Message;
}
