using FlexiAI.FaultWall;

namespace FlexiAI.Tests;

public class FaultWallTests
{
    public static IEnumerable<TheoryDataRow<int, string>> OpenAIOnly() => Rows(pair => pair == ProviderPair.OpenAI);

    public static IEnumerable<TheoryDataRow<int, string>> OtherPairs() => Rows(pair => pair != ProviderPair.OpenAI && pair.Caller == WallCaller.Library);

    public static IEnumerable<TheoryDataRow<int, string>> Gateway() => Rows(pair => pair.Caller != WallCaller.Library);

    [Theory]
    [MemberData(nameof(OpenAIOnly))]
    public async Task Between_two_of_OpenAI_every_fault_is_passed(int fault, string pair)
    {
        var cell = await PlayedWall.CellAsync(fault, pair);
        Assert.True(cell.Verdict == Verdict.Pass, string.Join('\n', cell.Reasons));
    }

    [Theory]
    [MemberData(nameof(OtherPairs))]
    public async Task Between_any_two_types_no_fault_fails(int fault, string pair)
    {
        var cell = await PlayedWall.CellAsync(fault, pair);
        Assert.True(cell.Verdict != Verdict.Fail, string.Join('\n', cell.Reasons));
    }

    [Theory]
    [MemberData(nameof(Gateway))]
    public async Task Through_the_gateway_every_fault_is_passed(int fault, string pair)
    {
        var cell = await PlayedWall.CellAsync(fault, pair);
        Assert.True(cell.Verdict == Verdict.Pass, string.Join('\n', cell.Reasons));
    }

    [Fact]
    public void The_sixteen_have_their_numbers() =>
        Assert.Equal(Enumerable.Range(1, WallFault.Sixteen), WallFault.All.Select(fault => fault.Number).Where(number => number <= WallFault.Sixteen));

    private static IEnumerable<TheoryDataRow<int, string>> Rows(Func<ProviderPair, bool> condition) =>
        from pair in ProviderPair.All
        where condition(pair)
        from fault in WallFault.All
        select new TheoryDataRow<int, string>(fault.Number, pair.ToString()) { TestDisplayName = $"{pair}: {fault}" };
}
