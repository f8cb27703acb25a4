using System.Text.RegularExpressions;

namespace FlexiAI.Samples;

public sealed partial class ConfigurationBlockTests
{
    public static TheoryData<string, string> Blocks()
    {
        var blocks = new TheoryData<string, string>();
        foreach (var page in Repository.Pages())
        {
            foreach (Match block in JsonBlocks().Matches(Repository.Read(page)))
            {
                blocks.Add(page, block.Groups["json"].Value);
            }
        }

        return blocks;
    }

    [Theory]
    [MemberData(nameof(Blocks))]
    public void Every_JSON_block_of_a_page_is_a_configuration_that_works(string page, string json)
    {
        var options = Configuration.FromJson(json);

        Assert.True(options.Providers.Count > 0, page);
    }

    [GeneratedRegex(@"^```json\n(?<json>.*?)^```", RegexOptions.ExplicitCapture | RegexOptions.Multiline | RegexOptions.Singleline, 1000)]
    private static partial Regex JsonBlocks();
}
