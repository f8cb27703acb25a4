using System.Diagnostics.Metrics;

namespace FlexiAI.Tests;

/// <summary>Makes meters that only this test's collectors listen to.</summary>
internal sealed class TestMeters : IMeterFactory
{
    public Meter Create(MeterOptions options)
    {
        options.Scope = this;
        return new Meter(options);
    }

    public void Dispose()
    {
    }
}
