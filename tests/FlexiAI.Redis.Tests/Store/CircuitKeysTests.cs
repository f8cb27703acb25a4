namespace FlexiAI.Tests;

public class CircuitKeysTests
{
    [Fact]
    public void Keys_and_channel_read_as_they_are_documented()
    {
        var keys = new CircuitKeys("shop");

        Assert.Equal(["{flexiai:shop:openai}:s", "{flexiai:shop:openai}:l", "{flexiai:shop:openai}:v"], keys.Of("openai").Select(key => key.ToString()));
        Assert.Equal("flexiai:shop", keys.Channel.ToString());
    }

    [Theory]
    [InlineData("a:b", "c", "a", "b:c")]
    [InlineData("a", "b%3Ac", "a", "b:c")]
    [InlineData("a}", "b", "a", "}b")]
    [InlineData("a", "b", "a ", "b")]
    public void Different_names_have_different_keys(string scope, string circuit, string otherScope, string otherCircuit) =>
        Assert.NotEqual(new CircuitKeys(scope).Of(circuit)[0], new CircuitKeys(otherScope).Of(otherCircuit)[0]);

    [Theory]
    [InlineData("flexiai", "shop", "openai")]
    [InlineData("team{1}:", "{}", "}{")]
    [InlineData("%", "{{", "}}")]
    public void The_hash_tag_is_the_whole_of_what_names_the_circuit(string prefix, string scope, string circuit)
    {
        var keys = new CircuitKeys(scope, prefix).Of(circuit).Select(key => key.ToString()).ToList();

        // Redis takes what is between the first opening brace and the closing one after it.
        Assert.All(keys, key => Assert.Equal((0, key.Length - 3), (key.IndexOf('{', StringComparison.Ordinal), key.IndexOf('}', StringComparison.Ordinal))));
        Assert.Single(keys.Select(key => key[..^2]).Distinct());
    }
}
