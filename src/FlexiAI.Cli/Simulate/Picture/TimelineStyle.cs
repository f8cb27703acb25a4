namespace FlexiAI.Cli;

/// <summary>The colours of a timeline, on a light page and on a dark one.</summary>
internal static class TimelineStyle
{
    /// <summary>How many entries have a colour of their own; further ones begin again.</summary>
    public const int Colours = 4;

    public const string Css = """
        <style>
        text { font-family: system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; font-size: 12px; fill: #1f2937 }
        .title { font-size: 15px; font-weight: 600 }
        .quiet { fill: #4b5563; font-size: 11px }
        .on-band { font-size: 10px }
        .page { fill: #ffffff }
        .panel { fill: #f3f4f6 }
        .grid { stroke: #d1d5db; stroke-width: 1 }
        .disturbed { fill: #f59e0b; fill-opacity: 0.16 }
        .event { fill: #fcd34d; stroke: #b45309; stroke-width: 0.5 }
        .entry0 { fill: #2563eb } .entry1 { fill: #a78bfa } .entry2 { fill: #14b8a6 } .entry3 { fill: #94a3b8 }
        .failed { fill: #dc2626 }
        .closed { fill: #86c79b } .open { fill: #dc2626 } .half { fill: #f59e0b } .throttled { fill: #8b5cf6 }
        .p50 { fill: none; stroke: #1f2937; stroke-width: 1.5 }
        .p99 { fill: none; stroke: #db2777; stroke-width: 1.5 }
        @media (prefers-color-scheme: dark) {
        text { fill: #e5e7eb } .quiet { fill: #9ca3af } .page { fill: #0d1117 } .panel { fill: #1c2128 } .grid { stroke: #3b434e }
        .disturbed { fill-opacity: 0.22 } .event { fill: #78500a; stroke: #f59e0b }
        .entry0 { fill: #3b82f6 } .entry1 { fill: #8b7bd8 } .failed, .open { fill: #f05252 } .closed { fill: #2f6f46 }
        .p50 { stroke: #e5e7eb } .p99 { stroke: #f472b6 }
        }
        </style>
        """;

    public static string OfEntry(int entry) => FormattableString.Invariant($"entry{entry % Colours}");

    public static string Of(CircuitPhase phase) => phase switch
    {
        CircuitPhase.Closed => "closed",
        CircuitPhase.Open => "open",
        CircuitPhase.HalfOpen => "half",
        _ => "throttled",
    };
}
