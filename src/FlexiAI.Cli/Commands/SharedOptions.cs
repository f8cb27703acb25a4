using System.CommandLine;

namespace FlexiAI.Cli;

/// <summary>Options that several commands have.</summary>
internal static class SharedOptions
{
    public static Option<string?> Config() => new("--config")
    {
        Description = $"The configuration file. Default: {ConfigurationFile.DefaultName} in the current directory, if there is one.",
        HelpName = "path",
    };

    public static Option<string?> Url(string? description = null) => new("--url")
    {
        Description = description ?? $"The gateway's address. Default: {GatewayAddress.Variable}, else {ServeUrls.Default}. Its admin key is taken from {AdminKey.Variable}.",
        HelpName = "url",
    };

    /// <summary>An option with a few values; another is an error that names the option, the value and what is allowed.</summary>
    public static Option<string> Choice(string name, string description, params string[] allowed)
    {
        var option = new Option<string>(name)
        {
            Description = description,
            HelpName = string.Join('|', allowed),
            DefaultValueFactory = _ => allowed[0],
        };
        option.CompletionSources.Add(allowed);
        option.Validators.Add(result =>
        {
            if (result.Tokens is [.., var token] && !allowed.Contains(token.Value, StringComparer.Ordinal))
            {
                result.AddError($"{name} is \"{token.Value}\"; allowed: {string.Join(", ", allowed)}.");
            }
        });
        return option;
    }
}
