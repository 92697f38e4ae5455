using Microsoft.Extensions.Logging;

namespace Movc.Roles;

/// <summary>Lines of a role on standard error, for people and for whoever collects them.</summary>
internal static partial class RoleLog
{
    [LoggerMessage(EventId = 6000, Level = LogLevel.Information, Message = "{Role}: internal address {Address}")]
    public static partial void Listening(ILogger log, string role, Uri address);

    [LoggerMessage(EventId = 6001, Level = LogLevel.Information, Message = "{Role}: stopped")]
    public static partial void Stopped(ILogger log, string role);

    [LoggerMessage(EventId = 6010, Level = LogLevel.Information, Message = "shard {Shard}: {What}")]
    public static partial void Shard(ILogger log, int shard, string what);

    [LoggerMessage(EventId = 6020, Level = LogLevel.Information, Message = "plan {Plan}: {Status}, gap {Gap:0.#####%}, {Seconds:0.00} s, {Vehicles} vehicles, {Setpoints} setpoints changed")]
    public static partial void Plan(ILogger log, string plan, string status, double gap, double seconds, int vehicles, int setpoints);

    [LoggerMessage(EventId = 6030, Level = LogLevel.Information, Message = "waits for the twin: {Why}")]
    public static partial void WaitsForTwin(ILogger log, string why);

    [LoggerMessage(EventId = 6031, Level = LogLevel.Information, Message = "source {Source}: from {From:yyyy-MM-dd HH:mm}Z")]
    public static partial void SourceBegins(ILogger log, string source, DateTimeOffset from);

    [LoggerMessage(EventId = 6032, Level = LogLevel.Information, Message = "source {Source}: ended after {Events} events")]
    public static partial void SourceEnded(ILogger log, string source, long events);

    [LoggerMessage(EventId = 6033, Level = LogLevel.Information, Message = "{Step}")]
    public static partial void Step(ILogger log, string step);
}
