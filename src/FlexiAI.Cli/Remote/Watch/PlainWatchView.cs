namespace FlexiAI.Cli;

/// <summary>One line of text per request and change of a circuit, for logs and pipes; the state of the connection on standard error.</summary>
internal sealed class PlainWatchView(Terminal terminal) : IWatchView
{
    public Task ShowAsync(Func<Task> watch) => watch();

    public void Status(StatusNews news)
    {
    }

    public void Request(ServedRequest request) => Write(WatchText.Request(request));

    public void Transition(CircuitChange change) => Write(WatchText.Transition(change));

    public void Link(string? problem) => WatchLink.Write(terminal.Error, problem);

    private void Write(string line)
    {
        terminal.Out.WriteLine(line);
        terminal.Out.Flush();
    }
}
