using System.ComponentModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Movc.Domain;
using Movc.Domain.Aggregators;
using Movc.Gateway.Contracts;

namespace Movc.Gateway.Http;

/// <summary>GET aggregators, their setpoints and vehicles, a vehicle's; POST an aggregator's answers.</summary>
internal static class SetpointRoutes
{
    private const string ZipType = "application/zip";
    private const string Sample = "{\"setpointAt\": \"2026-07-01T08:00:00Z\", \"kind\": \"accepted\", \"exceptions\": [{\"vehicle\": \"sz-0000001\", \"outcome\": \"rejected\", \"powerW\": null}]}";

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/aggregators", AggregatorsAsync).WithName("getAggregators")
            .WithSummary("Who passes setpoints on, and what became of them").Produces<SetpointsView>().ProducesProblem(400).ProducesProblem(404);
        api.MapGet("/aggregators/{name}/setpoints", SheetAsync).WithName("getAggregatorSetpoints")
            .WithSummary("The setpoints that an aggregator was sent for an interval: those that changed then, with their validity").Produces<SetpointSheet>().ProducesProblem(400).ProducesProblem(404);
        api.MapGet("/aggregators/{name}/vehicles", PartAsync).WithName("getAggregatorVehicles")
            .WithSummary("An aggregator's vehicles as a plan saw them, with their indices: with the plan's bundle all that movc setpoints needs to derive their setpoints")
            .Produces<byte[]>(200, ZipType).ProducesProblem(400).ProducesProblem(404);
        api.MapPost("/aggregators/{name}/answers", AnswerAsync).WithName("postSetpointAnswer")
            .WithSummary("An aggregator's answer to setpoints; saying the same again is harmless").Accepts<SetpointAnswer>("application/json").Produces(202).ProducesProblem(400).ProducesProblem(404);
        api.MapGet("/vehicles/{id}/setpoint", OfVehicleAsync).WithName("getVehicleSetpoint")
            .WithSummary("A vehicle's newest setpoint and what became of it").Produces<VehicleSetpoint>().ProducesProblem(400).ProducesProblem(404);
    }

    private static async Task<IResult> AggregatorsAsync(HttpRequest request, GatewayPorts ports, CancellationToken cancellationToken)
    {
        if (Query.Unknown(request) is { } unknown) return unknown;
        return ports.Setpoints is { } setpoints ? Results.Ok(await setpoints.ViewAsync(cancellationToken)) : None();
    }

    private static async Task<IResult> SheetAsync(
        HttpRequest request, GatewayPorts ports, [Description("The aggregator.")] string name,
        [FromQuery, Description("When they take effect; the newest when absent.")] string? at, CancellationToken cancellationToken)
    {
        if (Query.Unknown(request, "at") is { } unknown) return unknown;
        if (Query.Instant("at", at, out DateTimeOffset? instant) is { } bad) return bad;
        if (ports.Setpoints is not { } setpoints) return None();
        if (await UnknownAsync(setpoints, name, cancellationToken) is { } nobody) return nobody;
        return await setpoints.SheetAsync(name, instant, cancellationToken) is { } sheet
            ? Results.Ok(sheet)
            : Problems.NotFound($"\"{name}\" was sent no setpoint {(instant is null ? "yet" : "then, or it is kept no longer")}", "ask for the newest");
    }

    private static async Task<IResult> PartAsync(
        HttpRequest request, GatewayPorts ports, [Description("The aggregator.")] string name,
        [FromQuery, Description("Id of a plan; the newest when absent.")] string? plan, CancellationToken cancellationToken)
    {
        if (Query.Unknown(request, "plan") is { } unknown) return unknown;
        if (ports.Setpoints is not { } setpoints) return None();
        if (await UnknownAsync(setpoints, name, cancellationToken) is { } nobody) return nobody;
        return await setpoints.PartAsync(name, plan, cancellationToken) is { } part
            ? Results.File(part.Zip, ZipType, $"{part.PlanId}-{name}.zip")
            : Problems.NotFound(plan is null ? "no plan is there yet, or none of the vehicles is planned now" : $"plan \"{Problems.Shorten(plan)}\" is kept no longer, or has no vehicle of \"{name}\"", "ask for the newest");
    }

    private static async Task<IResult> AnswerAsync(HttpRequest request, GatewayPorts ports, [Description("The aggregator.")] string name, CancellationToken cancellationToken)
    {
        if (Query.Unknown(request) is { } unknown) return unknown;
        if (ports.Setpoints is not { } setpoints || ports.Answers is not { } answers) return None();
        if (await UnknownAsync(setpoints, name, cancellationToken) is { } nobody) return nobody;
        try
        {
            SetpointAnswer answer = await StrictBody.ReadAsync<SetpointAnswer>(request, cancellationToken);
            SetpointException[] exceptions = [.. answer.Exceptions ?? []];
            if (Array.Find(exceptions, e => e.Outcome is not (SetpointOutcome.Rejected or SetpointOutcome.TimedOut or SetpointOutcome.NotFollowed)) is { Vehicle: not null } wrong)
                throw new InputException($"\"{wrong.Vehicle}\": the outcome must be rejected, timed-out or not-followed");
            DateTimeOffset said = answer.SaidAt ?? (await ports.Twin.StatusAsync(cancellationToken)).At ?? answer.SetpointAt;
            await answers.TakeAsync(new SetpointAck(name, answer.SetpointAt.ToUnixTimeMilliseconds(), null, said.ToUnixTimeMilliseconds(), answer.Kind, exceptions), cancellationToken);
            return Results.Accepted();
        }
        catch (InputException wrong)
        {
            return Problems.Of(StatusCodes.Status400BadRequest, "Answer not understood", wrong.Message, $"send {Sample}");
        }
    }

    private static async Task<IResult> OfVehicleAsync(HttpRequest request, GatewayPorts ports, [Description("Pseudonymous id.")] string id, CancellationToken cancellationToken)
    {
        if (Query.Unknown(request) is { } unknown) return unknown;
        if (ports.Setpoints is not { } setpoints) return None();
        return await setpoints.OfVehicleAsync(id, cancellationToken) is { } setpoint
            ? Results.Ok(setpoint)
            : Problems.NotFound($"no setpoint of \"{id}\" is kept", "it was sent none in the last intervals, or it is no vehicle of this city");
    }

    private static async ValueTask<IResult?> UnknownAsync(ISetpointQueries setpoints, string name, CancellationToken cancellationToken)
    {
        string[] names = [.. (await setpoints.ViewAsync(cancellationToken)).Aggregators.Select(a => a.Name)];
        return names.Contains(name, StringComparer.Ordinal) ? null : Problems.NotFound($"no aggregator is named \"{Problems.Shorten(name)}\"", $"give one of {string.Join(", ", names)}");
    }

    private static IResult None() => Problems.NotFound("this city sends no setpoints", "start one with movc run, replay or optimizer");
}
