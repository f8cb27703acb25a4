namespace FlexiAI.Tests;

/// <summary>What one caller is going to do; the same each time for the same number.</summary>
internal sealed record Plan(Leaving Leaving, Behaviour Behaviour, int Updates, TimeSpan Patience, bool IsEarly)
{
    private static readonly Behaviour[] All = Enum.GetValues<Behaviour>();

    // A recovery takes more than one step to come to, so more of them are needed to hit it at every step.
    private static readonly Behaviour[] AllAndCuts = [.. All, Behaviour.CutThenSlow, Behaviour.CutThenSlow, Behaviour.CutThenStalls, Behaviour.CutThenStalls];
    private static readonly Behaviour[] Ends = [Behaviour.Whole, Behaviour.Slow, Behaviour.CutThenSlow];
    private static readonly Behaviour[] HasUpdates = [.. Ends, Behaviour.Stalls, Behaviour.CutThenStalls];

    public static Plan Of(int number)
    {
        var random = new Random(number);
        var leaving = random.Next(100) switch
        {
            < 10 => Leaving.Never,
            < 45 => Leaving.Cancels,
            < 60 => Leaving.CancelsBetweenUpdates,
            < 75 => Leaving.Breaks,
            < 95 => Leaving.DisposesWhileReading,
            _ => Leaving.Abandons,
        };
        return Random(random, leaving);
    }

    /// <summary>Whether the caller waits until the stream is about to be cut off, so that its leaving hits what follows.</summary>
    public bool WaitsForCut => Behaviour is Behaviour.CutThenSlow or Behaviour.CutThenStalls;

    /// <summary>Of a caller that leaves before the first content.</summary>
    public static Plan BeforeContent(int number)
    {
        var random = new Random(number);
        return Random(random, random.Next(2) == 0 ? Leaving.Cancels : Leaving.DisposesWhileReading) with
        {
            Behaviour = random.Next(2) == 0 ? Behaviour.Silent : Behaviour.NoContent,
            Patience = TimeSpan.FromMilliseconds(random.Next(30)),
        };
    }

    private static Plan Random(Random random, Leaving leaving)
    {
        var fitting = leaving switch
        {
            Leaving.Never => Ends,
            Leaving.Cancels or Leaving.DisposesWhileReading => AllAndCuts,
            _ => HasUpdates,
        };
        return new(leaving, random.GetItems(fitting, 1)[0], random.Next(1, 4), TimeSpan.FromMilliseconds(random.Next(800)), random.Next(5) == 0);
    }
}
