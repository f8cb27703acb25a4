using Spectre.Console;

namespace FlexiAI.Cli;

/// <summary>A live picture of circuits and requests, for a person at a terminal; at the end the whole timeline stays on the screen.</summary>
internal sealed class LiveDrillView(IAnsiConsole console) : IDrillView
{
    private static readonly TimeSpan Refresh = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate = new();
    private readonly List<string> _lines = [];
    private string _phase = "";
    private string _doing = "";
    private string? _summary;

    public async Task ShowAsync(DrillStage stage, Func<Task> play)
    {
        console.WriteLine(DrillText.Title(stage.Plan));
        console.WriteLine();
        var live = console.Live(Picture(stage)).AutoClear(true).Overflow(VerticalOverflow.Crop).Cropping(VerticalOverflowCropping.Bottom);
        try
        {
            await live.StartAsync(screen => RefreshAsync(screen, stage, play())).ConfigureAwait(false);
        }
        finally
        {
            WriteTimeline(stage);
        }
    }

    public void Phase(string explanation) => Change(() =>
    {
        _phase = explanation;
        _doing = "waiting for the recovery time";
        _lines.Add($"\n[bold]{Markup.Escape(explanation)}[/]");
    });

    public void Asking(int n) => Change(() => _doing = FormattableString.Invariant($"request {n} is under way"));

    public void Request(DrillRequest request) => Change(() =>
    {
        _doing = "";
        _lines.Add(DrillMarkup.Request(request));
    });

    public void Transition(DrillTransition transition) => Change(() => _lines.Add(DrillMarkup.Transition(transition)));

    public void Summary(DrillSummary summary, DrillVerdict verdict) => Change(() => _summary =
        $"[bold {(verdict.Passed ? "green" : "red")}]{Markup.Escape(DrillText.Summary(summary, verdict))}[/]");

    private void Change(Action change)
    {
        lock (_gate)
        {
            change();
        }
    }

    private DrillPicture Picture(DrillStage stage)
    {
        lock (_gate)
        {
            return new DrillPicture(_phase, _doing, [.. _lines], stage.Client.GetProviderStatus(), console.Profile.Height);
        }
    }

    private async Task RefreshAsync(LiveDisplayContext screen, DrillStage stage, Task playing)
    {
        using var ticks = new PeriodicTimer(Refresh, TimeProvider.System);
        while (!playing.IsCompleted)
        {
            screen.UpdateTarget(Picture(stage));
            await ticks.WaitForNextTickAsync().ConfigureAwait(false);
        }

        await playing.ConfigureAwait(false);
    }

    private void WriteTimeline(DrillStage stage)
    {
        foreach (var line in _lines)
        {
            console.MarkupLine(line);
        }

        console.WriteLine();
        console.Write(CircuitTable.Of(stage.Client.GetProviderStatus()));
        console.MarkupLine(_summary ?? "");
    }
}
