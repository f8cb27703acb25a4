namespace FlexiAI.Tests;

public class SettingsTests
{
    [Fact]
    public void Complete_entries_have_no_problem()
    {
        Assert.Empty(Problems(Make.Gemini()));
        Assert.Empty(Problems(Make.Vertex()));
        Assert.Empty(Problems(new VertexAIProvider { Project = "p", Model = "m", ApiKey = "not-used", Location = "global" }));
    }

    public static TheoryData<ProviderOptions, string> Wrong => new()
    {
        { new GeminiProvider { Model = "m" }, "ApiKey is null; allowed: a key of the Gemini API, here or in GEMINI_API_KEY." },
        { new GeminiProvider { Model = "m", ApiKey = " " }, "ApiKey is empty; allowed: a key of the Gemini API, here or in GEMINI_API_KEY." },
        { new GeminiProvider { Model = "m", ApiKey = "secret\n" }, "ApiKey is a text with blanks, line ends or letters beyond ASCII; allowed: a key of the Gemini API." },
        { new GeminiProvider { Model = "m", ApiKey = "k", ThinkingBudget = -2 }, "ThinkingBudget is -2; allowed: -1 and above, or none." },
        { new GeminiProvider { ApiKey = "k" }, "Model is empty; allowed: the name of a model." },
        {
            new VertexAIProvider { Model = "m", Project = "p", AccessToken = "secret\n" },
            "AccessToken is a text with blanks, line ends or letters beyond ASCII; allowed: an access token of Google's."
        },
        { new VertexAIProvider { Model = "m" }, "Project is null; allowed: the id of a Google Cloud project, here or in GOOGLE_CLOUD_PROJECT." },
        { new VertexAIProvider { Model = "m", Project = "p", Location = "evil.test/" }, "Location is \"evil.test/\"; allowed: a region such as us-central1, or global." },
        {
            new VertexAIProvider { Model = "m", Project = "p", AccessToken = "a", ServiceAccountFile = "f", TokenProvider = _ => ValueTask.FromResult("t") },
            "ServiceAccountFile, ServiceAccountJson, AccessToken and TokenProvider are 3 at once; allowed: one of them, or none."
        },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Each_mistake_names_the_setting_and_what_is_allowed(ProviderOptions entry, string problem) =>
        Assert.Equal(problem, Assert.Single(Problems(entry)));

    [Fact]
    public void The_environment_fills_in_what_is_missing()
    {
        var variables = new Dictionary<string, string?> { ["GOOGLE_API_KEY"] = "google", ["GOOGLE_CLOUD_PROJECT"] = "cloud" };
        Assert.Equal("google", Filled(new GeminiProvider(), variables).ApiKey);
        variables["GEMINI_API_KEY"] = "gemini";
        Assert.Equal("gemini", Filled(new GeminiProvider(), variables).ApiKey);
        Assert.Equal("mine", Filled(new GeminiProvider { ApiKey = "mine" }, variables).ApiKey);
        Assert.Equal("cloud", Filled(new VertexAIProvider(), variables).Project);
        Assert.Equal("mine", Filled(new VertexAIProvider { Project = "mine" }, variables).Project);
    }

    [Fact]
    public void Token_and_key_file_are_secrets()
    {
        ProviderOptions entry = new VertexAIProvider { AccessToken = "token", ServiceAccountJson = "json" };
        Assert.Equal(["token", "json"], entry.Secrets);
    }

    [Fact]
    public void Neither_takes_a_trailing_assistant_message_by_default() =>
        Assert.False(new GeminiProvider().AcceptsPrefill || new VertexAIProvider().AcceptsPrefill);

    private static IEnumerable<string> Problems(ProviderOptions entry) => entry.Validate();

    private static T Filled<T>(T entry, Dictionary<string, string?> variables)
        where T : ProviderOptions
    {
        entry.UseEnvironment(variables.GetValueOrDefault);
        return entry;
    }
}
