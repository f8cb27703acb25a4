namespace FlexiAI.Tests.Failures;

public class SecretRedactorTimeTests
{
    public static TheoryData<string> HostileTexts() =>
    [
        " ", "Bearer ", "bearer\t", "authorization ", "authorization: bearer ", "api-key ", "x-api-key:", "eyJ", "eyJ-", "-eyJ.", "eyJa.", "sk-", "*-",
        "AIza", "ya29.", "-----BEGIN ", "-----BEGIN PRIVATE KEY-----", "-----END ", "PRIVATE KEY ", "-", "A", "1", "\"", "[redacted]",
    ];

    // Work that grows with the square of the length would take many minutes: the limit tells that from any slow machine.
    [Theory(Timeout = 120_000)]
    [MemberData(nameof(HostileTexts))]
    public Task A_hostile_text_is_searched_in_time_proportional_to_its_length(string part) => Task.Run(
        () => Search(part),
        TestContext.Current.CancellationToken);

    private static void Search(string part)
    {
        var text = string.Concat(Enumerable.Repeat(part, 512 * 1024 / part.Length));

        foreach (var hostile in new[] { text, "Bearer " + text, "eyJ" + text + "." + text[..1024] })
        {
            Assert.NotEmpty(new SecretRedactor([]).Redact(hostile));
        }
    }
}
