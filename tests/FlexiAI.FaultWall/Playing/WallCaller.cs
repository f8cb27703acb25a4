namespace FlexiAI.FaultWall;

/// <summary>Who asks.</summary>
internal enum WallCaller
{
    /// <summary>The application that the library is part of.</summary>
    Library,

    /// <summary>OpenAI's SDK, through the gateway.</summary>
    OpenAI,

    /// <summary>Anthropic's SDK, through the gateway.</summary>
    Anthropic,
}
