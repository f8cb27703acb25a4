using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace FlexiAI.Cli;

/// <summary>Makes the web application that <c>flexiai serve</c> runs.</summary>
internal static class ServeApplication
{
    public static WebApplication Create(ServeSettings settings, IReadOnlyList<string> urls, IFaultSwitch? faults, ServeReload.Source? source)
    {
        // The directory it is started in belongs to the user: no settings of an application are read from there.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.UseUrls([.. urls]);
        AddLogging(builder.Logging);
        if (string.IsNullOrWhiteSpace(settings.Telemetry["LogFormat"]))
        {
            // Else an operator would never hear of a refused configuration or an open circuit.
            ConsoleLogging.Add(builder.Services, "text");
        }

        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(services => new FlexiClient(
            settings.Client, services.GetService<ILoggerFactory>(), services.GetService<TimeProvider>(), services.GetService<IMeterFactory>()));
        builder.Services.AddFlexiGateway(options => Copy(settings.Gateway, options));
        builder.Services.AddFlexiGatewayTelemetry(settings.Telemetry);
        if (faults is not null)
        {
            builder.Services.AddSingleton(faults);
        }

        if (source is not null)
        {
            builder.Services.AddSingleton(source);
            builder.Services.AddHostedService<ServeReload>();
        }

        var app = builder.Build();
        app.MapFlexiAI();
        return app;
    }

    /// <summary>Every property, since the services make options of their own.</summary>
    internal static void Copy(GatewayOptions from, GatewayOptions to)
    {
        foreach (var property in typeof(GatewayOptions).GetProperties())
        {
            property.SetValue(to, property.GetValue(from));
        }
    }

    // Standard output has the banner alone.
    private static void AddLogging(ILoggingBuilder logging)
    {
        logging.ClearProviders();
        logging.AddSimpleConsole(static console => console.SingleLine = true);
        logging.LeaveOutRequests();
        logging.SetMinimumLevel(LogLevel.Information);
        logging.AddFilter("Microsoft", LogLevel.Warning);
        logging.AddFilter("System", LogLevel.Warning);

        // Why the host does not start is told by the command itself, in one line.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        logging.AddFilter("FlexiAI.GatewayEntrance", LogLevel.Warning);
        logging.Services.Configure<ConsoleLoggerOptions>(static console => console.LogToStandardErrorThreshold = LogLevel.Trace);
    }
}
