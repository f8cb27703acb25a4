namespace FlexiAI.Tests;

/// <summary>How a run of <c>flexiai</c> ended.</summary>
internal sealed record Ending(int ExitCode, string Out, string Error)
{
    public IReadOnlyList<string> Lines => Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Bad input: exit code 2, these words, and nothing of the program's insides.</summary>
    public void AssertRefused(params string[] words)
    {
        Assert.Equal(2, ExitCode);
        foreach (var word in words)
        {
            Assert.Contains(word, Error, StringComparison.Ordinal);
        }

        Assert.All(Error.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.Matches("^(flexiai: |Try: )", line));
        Assert.DoesNotContain("   at ", Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", Error, StringComparison.Ordinal);
    }

    /// <summary>Neither output holds a control sequence for a terminal.</summary>
    public void AssertPlain()
    {
        Assert.DoesNotContain('\u001b', Out);
        Assert.DoesNotContain('\u001b', Error);
    }
}
