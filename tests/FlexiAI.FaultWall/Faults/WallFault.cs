namespace FlexiAI.FaultWall;

/// <summary>A fault of the wall.</summary>
/// <param name="Number">Its number; those above <see cref="Sixteen"/> are extra.</param>
/// <param name="Title">What the primary does.</param>
/// <param name="MustSee">What the caller must see.</param>
/// <param name="Scenes">How it is played with a pair of provider types.</param>
internal sealed record WallFault(int Number, string Title, string MustSee, Func<ProviderPair, IReadOnlyList<Scene>> Scenes)
{
    public const int Sixteen = 16;

    public static IReadOnlyList<WallFault> All { get; } =
        [.. RefusalFaults.All.Concat(SilenceFaults.All).Concat(StreamFaults.All).Append(OutageFault.Instance).OrderBy(fault => fault.Number)];

    /// <summary>A fault that is no matter of streams: a scene with a streamed request, and the same with one that is not.</summary>
    public static WallFault Of(int number, string title, string mustSee, Func<ProviderPair, Scene> scene) =>
        new(number, title, mustSee, pair => [scene(pair) with { Name = "streamed" }, scene(pair) with { Name = "whole", IsStreamed = false }]);

    public override string ToString() => $"{Number}. {Title}";
}
