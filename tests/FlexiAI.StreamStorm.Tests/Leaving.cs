namespace FlexiAI.Tests;

/// <summary>How a caller leaves a stream.</summary>
internal enum Leaving
{
    /// <summary>It does not; it reads to the end.</summary>
    Never,

    /// <summary>It cancels its token at a moment that has nothing to do with the stream.</summary>
    Cancels,

    /// <summary>It cancels its token between two updates, and reads on.</summary>
    CancelsBetweenUpdates,

    /// <summary>It breaks out of the loop.</summary>
    Breaks,

    /// <summary>It disposes the enumerator while a read is pending.</summary>
    DisposesWhileReading,

    /// <summary>It lets go of the enumerator between two updates, and never disposes it.</summary>
    Abandons,
}
