namespace FlexiAI.Cli;

/// <summary>A gateway was asked and did not do it. The message is all the user sees.</summary>
internal sealed class RemoteException(RemoteProblem problem, string message) : Exception(message)
{
    public RemoteProblem Problem => problem;
}

/// <summary>Why a gateway did not do what it was asked for.</summary>
internal enum RemoteProblem
{
    /// <summary>It is not reachable, or cannot do it now: another time it may.</summary>
    Unavailable,

    /// <summary>What answers at the address is no gateway.</summary>
    Foreign,

    /// <summary>The key is missing or wrong, or this caller is not let in.</summary>
    Refused,

    /// <summary>It has no provider of that name.</summary>
    UnknownName,
}
