namespace FlexiAI.Soak;

/// <summary>How one call at a provider goes wrong.</summary>
internal enum Trouble
{
    None,
    ServerError,
    BrokenConnection,
    InvalidRequest,
    RateLimited,
    Silence,
    Deaf,
}

/// <summary>Calm and storm by turns, so that circuits open and recover all the time. In a calm, little goes wrong; in a storm, most calls do.</summary>
internal sealed class Weather
{
    private static readonly Trouble[] Troubles = Enum.GetValues<Trouble>()[1..];

    private readonly Lock _lock = new();
    private long _changeAt;
    private bool _storm;
    private bool _fair;

    public Trouble Next()
    {
        lock (_lock)
        {
            if (_fair)
            {
                return Trouble.None;
            }

            if (Environment.TickCount64 >= _changeAt)
            {
                _storm = !_storm;
                _changeAt = Environment.TickCount64 + (_storm ? Random.Shared.Next(100, 600) : Random.Shared.Next(200, 1_000));
            }

            return Random.Shared.NextDouble() < (_storm ? 0.8 : 0.02) ? Troubles[Random.Shared.Next(Troubles.Length)] : Trouble.None;
        }
    }

    /// <summary>Nothing goes wrong any more.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _fair = true;
        }
    }
}
