namespace FlexiAI.Cli;

/// <summary>Finds an incident: a file, or by its name one of those that ship with the command.</summary>
internal static class IncidentFile
{
    private const string Prefix = "incidents/";

    public static IReadOnlyList<string> Shipped { get; } =
    [
        .. typeof(IncidentFile).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).Select(name => name[Prefix.Length..]).Order(StringComparer.Ordinal),
    ];

    /// <exception cref="InputException">There is none of that name, or it is not understood.</exception>
    public static Incident Read(string pathOrName)
    {
        if (Shipped.Contains(pathOrName, StringComparer.Ordinal))
        {
            using var resource = typeof(IncidentFile).Assembly.GetManifestResourceStream(Prefix + pathOrName)!;
            using var content = new MemoryStream();
            resource.CopyTo(content);
            return IncidentReader.Read(pathOrName, JsonFile.Parse(pathOrName, content.ToArray()));
        }

        return File.Exists(pathOrName)
            ? IncidentReader.Read(pathOrName, JsonFile.Parse(pathOrName, JsonFile.Load("--incident", pathOrName)))
            : throw new InputException($"--incident is \"{pathOrName}\", which is no file; allowed: the path of an incident file, or {string.Join(", ", Shipped)}.");
    }
}
