using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Movc.Composition;

namespace Movc.Roles;

/// <summary>Where the lines of a role go: standard error, one line each, with the time in UTC.</summary>
internal static class RoleLoggers
{
    /// <param name="role">Name of the role, for collectors.</param>
    public static ILoggerFactory Create(string role) => LoggerFactory.Create(logging =>
    {
        Telemetry.AddLogs(logging, $"movc-{role}");
        logging.SetMinimumLevel(LogLevel.Information).AddFilter("Microsoft", LogLevel.Warning);
        logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z' ";
            console.ColorBehavior = LoggerColorBehavior.Disabled;
        });
        logging.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
    });
}
