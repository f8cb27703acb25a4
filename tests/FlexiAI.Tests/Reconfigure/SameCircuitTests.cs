namespace FlexiAI.Tests;

/// <summary>Each option of a circuit makes it another one.</summary>
public sealed class SameCircuitTests
{
    public static TheoryData<string> Properties => new(
        typeof(CircuitBreakerOptions).GetProperties().Where(property => property.SetMethod is { IsPublic: true }).Select(property => property.Name));

    [Theory]
    [MemberData(nameof(Properties))]
    public void A_change_of_any_option_is_seen(string name)
    {
        var (before, same, after) = (new CircuitBreakerOptions(), new CircuitBreakerOptions(), new CircuitBreakerOptions());
        var property = typeof(CircuitBreakerOptions).GetProperty(name)!;
        property.SetValue(after, property.GetValue(before) switch
        {
            int number => number + 1,
            double number => number + 1,
            TimeSpan time => time + TimeSpan.FromSeconds(1),
            ISet<FailureKind> => new HashSet<FailureKind>(),
            var value => throw new NotSupportedException($"{value} is a value that this test cannot change yet."),
        });

        Assert.True(before.IsSameAs(same));
        Assert.False(before.IsSameAs(after));
    }
}
