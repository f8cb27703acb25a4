namespace FlexiAI.Tests;

/// <summary>A scrape hears every client of the process, so that these tests run alone.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class MeteredAlone
{
    public const string Name = "Metered";
}
