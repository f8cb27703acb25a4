namespace FlexiAI.Contrast;

/// <summary>One situation in which the two breakers differ.</summary>
/// <param name="Title">What happens.</param>
/// <param name="Script">Plays it, on a breaker made with the settings that it wants, and says how it ends.</param>
/// <param name="Polly">How it ends with Polly.</param>
/// <param name="FlexiAI">How it ends with FlexiAI.</param>
/// <param name="Note">What follows from it, and what helps with Polly.</param>
internal sealed record Behaviour(string Title, Func<Func<Settings, Subject>, Task<string>> Script, string Polly, string FlexiAI, string Note)
{
    public static IReadOnlyList<Behaviour> All { get; } =
        [.. ProbeBehaviours.All, .. LateResultBehaviours.All, .. CallbackBehaviours.All, .. TimeBehaviours.All];

    public Task<string> PlayOnPollyAsync() => Script(settings => new PollySubject(settings));

    public Task<string> PlayOnFlexiAIAsync() => Script(settings => new FlexiSubject(settings));

    public override string ToString() => Title;
}
