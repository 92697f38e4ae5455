using System.ComponentModel;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Movc.Domain.Events;
using Movc.Domain.Queries;
using Movc.Gateway.Contracts;

namespace Movc.Gateway.Http;

/// <summary>GET vehicles/{id} and vehicles/{id}/events.</summary>
internal static class VehicleRoutes
{
    private const int DefaultLimit = 100;

    /// <summary>Some years of a busy vehicle: whoever asks for all of it gets it.</summary>
    private const int MaxHistory = 100_000;

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/vehicles/{id}", VehicleAsync).WithName("getVehicle")
            .WithSummary("One vehicle as the twin knows it, or knew it; null is not known")
            .Produces<VehicleView>().ProducesProblem(400).ProducesProblem(404).LimitPast();
        api.MapGet("/vehicles/{id}/events", EventsAsync).WithName("getVehicleEvents")
            .WithSummary("Its stored events with both their times and their source, those taken in last first")
            .Produces<VehicleHistory>().ProducesProblem(400).ProducesProblem(404);
    }

    private static async Task<IResult> VehicleAsync(
        HttpRequest request, GatewayPorts ports, [Description("Pseudonymous id, 1 to 64 bytes.")] string id,
        [FromQuery, Description("As it was known at this instant; now when absent.")] string? at, CancellationToken cancellationToken)
    {
        if (Query.Unknown(request, "at") is { } unknown) return unknown;
        if (BadId(id) is { } bad) return bad;
        if (Query.Instant("at", at, out DateTimeOffset? instant) is { } badInstant) return badInstant;
        if (instant is { } past)
        {
            if (await PastRoutes.OutsideAsync(ports, past, cancellationToken) is { } outside) return outside;
            VehicleView? then = await ports.Twin.PastVehicleAsync(id, past, cancellationToken);
            return then is null ? Problems.NotFound($"no vehicle \"{id}\" was registered then", "check the id and the instant") : Results.Ok(then);
        }
        VehicleView? vehicle = await ports.Twin.VehicleAsync(id, cancellationToken);
        return vehicle is null ? NoSuchVehicle(id) : Results.Ok(vehicle);
    }

    private static async Task<IResult> EventsAsync(
        HttpRequest request, GatewayPorts ports, [Description("Pseudonymous id, 1 to 64 bytes.")] string id,
        [FromQuery, Description("At most so many, 1 to 100000; 100 when absent.")] string? limit, CancellationToken cancellationToken)
    {
        if (Query.Unknown(request, "limit") is { } unknown) return unknown;
        if (BadId(id) is { } badId) return badId;
        if (Query.Limit(limit, DefaultLimit, out int count, MaxHistory) is { } badLimit) return badLimit;
        IReadOnlyList<VehicleEventView>? events = await ports.Twin.VehicleEventsAsync(id, count, cancellationToken);
        return events is null ? NoSuchVehicle(id) : Results.Ok(new VehicleHistory(id, events));
    }

    private static IResult? BadId(string id) => Encoding.UTF8.GetByteCount(id) > VehicleEventRules.MaxVehicleIdBytes
        ? Problems.Of(
            StatusCodes.Status400BadRequest, "No vehicle id", $"\"{Problems.Shorten(id)}\" is longer than {VehicleEventRules.MaxVehicleIdBytes} bytes",
            "give the id as it was registered")
        : null;

    private static IResult NoSuchVehicle(string id) =>
        Problems.NotFound($"no vehicle \"{id}\" was ever registered", "check the id; it is case-sensitive");
}
