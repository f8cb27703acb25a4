namespace FlexiAI.FaultWall;

/// <summary>The way in which the application asks.</summary>
internal interface IVoice
{
    /// <summary>Makes one request.</summary>
    /// <param name="streamed">Whether its answer is to be streamed.</param>
    /// <param name="heard">Takes in the text of a stream as it comes.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    Task<Reply> AskAsync(bool streamed, Heard heard, CancellationToken cancellationToken);
}
