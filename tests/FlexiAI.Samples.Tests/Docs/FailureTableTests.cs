namespace FlexiAI.Samples;

public sealed class FailureTableTests
{
    [Fact]
    public void The_page_has_a_row_for_every_kind_and_says_rightly_which_count()
    {
        var rows = Repository.Read("docs/failover-and-recovery.md").Split('\n')
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .Where(cells => cells.Length == 7 && Enum.TryParse<FailureKind>(cells[1].Trim('`'), out _))
            .ToDictionary(cells => Enum.Parse<FailureKind>(cells[1].Trim('`')), cells => cells[5]);

        Assert.Equal(Enum.GetValues<FailureKind>().Order(), rows.Keys.Order());
        Assert.Equal(new CircuitBreakerOptions().CountedFailures.Order(), rows.Where(row => row.Value == "yes").Select(row => row.Key).Order());
    }
}
