namespace FlexiAI.Testing;

/// <summary>Why a simulated answer ends; each wire has its own word for it.</summary>
public enum SimulatedFinish
{
    /// <summary>The model was done: <c>stop</c>, <c>end_turn</c>, <c>STOP</c>.</summary>
    Stop,

    /// <summary>The token limit was reached: <c>length</c>, <c>max_tokens</c>, <c>MAX_TOKENS</c>.</summary>
    Length,

    /// <summary>The model waits for tools: <c>tool_calls</c>, <c>tool_use</c>, <c>STOP</c>.</summary>
    ToolCalls,

    /// <summary>The model or a filter refused: <c>content_filter</c>, <c>refusal</c>, <c>SAFETY</c>.</summary>
    ContentFilter,
}
