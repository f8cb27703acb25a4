namespace FlexiAI.Tests;

public sealed class JitterByEraTests
{
    [Fact]
    public void AnEra_AlwaysHasTheSameJitter()
    {
        var jitter = CircuitBreaker.JitterByEra(() => 0.25);
        Assert.Equal(jitter(3), jitter(3));
        Assert.Equal(jitter(3), CircuitBreaker.JitterByEra(() => 0.25)(3));
    }

    [Fact]
    public void ErasAndCircuits_HaveJitterOfTheirOwnSpreadOverTheWholeRange()
    {
        var jitters = new[] { 0, 0.25, 0.7 }.SelectMany(seed => Enumerable.Range(1, 300).Select(era => CircuitBreaker.JitterByEra(() => seed)(era))).ToList();
        Assert.Equal(jitters.Count, jitters.Distinct().Count());
        Assert.All(jitters, jitter => Assert.InRange(jitter, 0, 1));
        for (var tenth = 0; tenth < 10; tenth++)
        {
            Assert.InRange(jitters.Count(jitter => (int)(jitter * 10) == tenth), 45, 135);
        }
    }
}
