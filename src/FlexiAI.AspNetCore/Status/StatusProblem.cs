namespace FlexiAI;

/// <summary>The body of a refusal by the status endpoints.</summary>
/// <param name="Error">What is wrong.</param>
internal sealed record StatusProblem(StatusError Error)
{
    public static StatusProblem UnknownProvider(string name, IEnumerable<string> allowed)
    {
        string[] names = [.. allowed];
        return new StatusProblem(new StatusError("not_found", "provider_not_found", $"No provider is named \"{name}\"; allowed: {string.Join(", ", names)}.", names));
    }

    public static StatusProblem ForeignOrigin() => new(new StatusError(
        "permission_error", "foreign_origin", "A page of another origin asked for this; allowed: the gateway's own pages, and programs that are no browser.", Allowed: null));
}

/// <summary>What is wrong.</summary>
/// <param name="Type">The class of the problem.</param>
/// <param name="Code">The machine's word for it.</param>
/// <param name="Message">For a person.</param>
/// <param name="Allowed">The names that would have been right, where one was wrong.</param>
internal sealed record StatusError(string Type, string Code, string Message, IReadOnlyList<string>? Allowed);
