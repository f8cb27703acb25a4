using Spectre.Console;
using Spectre.Console.Rendering;

namespace FlexiAI.Cli;

/// <summary>A live picture of a gateway, for a person at a terminal. The last one stays on the screen.</summary>
internal sealed class LiveWatchView(IAnsiConsole console, RemoteGateway gateway, TimeProvider time) : IWatchView
{
    private const int MostLines = 200;
    private static readonly TimeSpan Refresh = TimeSpan.FromMilliseconds(200);

    private readonly Lock _gate = new();
    private readonly List<string> _lines = [];
    private StatusNews? _news;
    private long _toldAt;
    private string? _problem;

    public Task ShowAsync(Func<Task> watch) => console.Live(Picture())
        .AutoClear(false).Overflow(VerticalOverflow.Crop).Cropping(VerticalOverflowCropping.Bottom)
        .StartAsync(screen => RefreshAsync(screen, watch()));

    public void Status(StatusNews news) => Change(() => (_news, _toldAt) = (news, time.GetTimestamp()));

    public void Request(ServedRequest request) => Add(
        WatchText.Request(request), request is not { Outcome: ServedRequest.Success } ? "red" : request.Attempts.Count > 1 ? "yellow" : "green");

    public void Transition(CircuitChange change) => Add(WatchText.Transition(change), DrillMarkup.ColourOf(change.To));

    public void Link(string? problem) => Change(() => _problem = problem);

    private void Add(string line, string colour) => Change(() =>
    {
        _lines.Add($"[{colour}]{Markup.Escape(line)}[/]");
        if (_lines.Count > MostLines)
        {
            _lines.RemoveAt(0);
        }
    });

    private void Change(Action change)
    {
        lock (_gate)
        {
            change();
        }
    }

    private IRenderable Picture()
    {
        lock (_gate)
        {
            return _news is null
                ? new Text($"Asking {gateway.Address} …")
                : new WatchPicture(gateway, _news, time.GetElapsedTime(_toldAt), [.. _lines], _problem, console.Profile.Height);
        }
    }

    private async Task RefreshAsync(LiveDisplayContext screen, Task watching)
    {
        while (!watching.IsCompleted)
        {
            screen.UpdateTarget(Picture());
            var pause = Task.Delay(Refresh, time);
            await Task.WhenAny(watching, pause).ConfigureAwait(false);
        }

        await watching.ConfigureAwait(false);
    }
}
