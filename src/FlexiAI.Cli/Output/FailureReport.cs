using System.Globalization;
using Microsoft.Extensions.Options;

namespace FlexiAI.Cli;

/// <summary>Says on standard error what went wrong, without a stack trace, and which exit code that is.</summary>
internal static class FailureReport
{
    public static int Write(TextWriter error, Exception exception, CancellationToken cancelled)
    {
        switch (exception)
        {
            case OperationCanceledException when cancelled.IsCancellationRequested:
                Line(error, "cancelled.");
                return ExitCodes.Cancelled;

            case InputException or RemoteException { Problem: not RemoteProblem.Unavailable }:
                Line(error, exception.Message);
                return ExitCodes.BadInput;

            case OptionsValidationException invalid:
                foreach (var failure in invalid.Failures)
                {
                    Line(error, failure);
                }

                return ExitCodes.BadInput;

            case AllProvidersFailedException failed:
                Attempts(error, failed);
                return ExitCodes.Failure;

            case RemoteException or ProviderException or StreamInterruptedException or IOException:
                Line(error, exception.Message);
                return ExitCodes.Failure;

            default:
                Line(error, $"unexpected {exception.GetType().Name}: {exception.Message}");
                return ExitCodes.Failure;
        }
    }

    public static void Line(TextWriter error, string message) => error.WriteLine($"flexiai: {Printable.Of(message)}");

    private static void Attempts(TextWriter error, AllProvidersFailedException failed)
    {
        Line(error, "no provider answered.");
        foreach (var attempt in failed.Attempts)
        {
            error.WriteLine(Printable.Of($"  {attempt.Provider}: {AttemptText.Of(attempt)}"));
        }

        error.WriteLine(failed.RetryAfter is not { } wait ? "  Every provider is isolated."
            : wait > TimeSpan.Zero ? string.Create(CultureInfo.InvariantCulture, $"  A provider may be asked again in {Words.Seconds(wait)}.")
            : "  A provider may be asked again at once.");
    }
}
