using System.Globalization;
using Movc.Domain;
using Movc.Domain.Aggregators;
using Movc.Domain.Flexibility;
using Movc.Domain.Operators;

namespace Movc.Gateway.Peers;

/// <summary>The optimizer's desk, asked over HTTP; while it does not answer nothing is known, and orders are refused.</summary>
public sealed class RemoteSetpoints : ISetpointQueries, IDispatchHolds, IFlexibility, IDisposable
{
    private const string Role = "optimizer";
    private static readonly SetpointsView Nothing = new([], AnsweredInside: false, 0, string.Empty);
    private readonly PeerClient _client;

    /// <param name="addresses">Where it is.</param>
    /// <param name="token">Between the roles; null = none.</param>
    public RemoteSetpoints(PeerAddresses addresses, string? token) => _client = new PeerClient(addresses, token);

    public async ValueTask<SetpointsView> ViewAsync(CancellationToken cancellationToken) => await _client.AskAnyAsync<SetpointsView>(Role, "/internal/v1/setpoints", cancellationToken) ?? Nothing;

    public async ValueTask<SetpointSheet?> SheetAsync(string aggregator, DateTimeOffset? at, CancellationToken cancellationToken) => await _client.AskAnyAsync<SetpointSheet>(
        Role,
        string.Create(CultureInfo.InvariantCulture, $"/internal/v1/setpoints/sheet?aggregator={Uri.EscapeDataString(aggregator)}{(at is { } instant ? $"&atMs={instant.ToUnixTimeMilliseconds()}" : string.Empty)}"),
        cancellationToken);

    public async ValueTask<PlanPartFile?> PartAsync(string aggregator, string? planId, CancellationToken cancellationToken) => await _client.AskAnyAsync<PlanPartFile>(
        Role, $"/internal/v1/setpoints/part?aggregator={Uri.EscapeDataString(aggregator)}{(planId is null ? string.Empty : $"&plan={Uri.EscapeDataString(planId)}")}", cancellationToken, PeerClient.Longest);

    public async ValueTask<VehicleSetpoint?> OfVehicleAsync(string vehicle, CancellationToken cancellationToken) =>
        await _client.AskAnyAsync<VehicleSetpoint>(Role, $"/internal/v1/setpoints/vehicle?id={Uri.EscapeDataString(vehicle)}", cancellationToken);

    async ValueTask<HoldsView> IDispatchHolds.ViewAsync(CancellationToken cancellationToken) =>
        await _client.AskAnyAsync<HoldsView>(Role, "/internal/v1/holds", cancellationToken) ?? new HoldsView([], [], [], [], []);

    public async ValueTask<HoldsView> ChangeAsync(HoldCommand command, CancellationToken cancellationToken)
    {
        try
        {
            return (await _client.TellAnyAsync<HoldCommand, HoldsView>(Role, "/internal/v1/holds", command, cancellationToken))!;
        }
        catch (HttpRequestException e)
        {
            throw new InputException($"{e.Message}; the order was not taken, give it again", e);
        }
    }

    public async ValueTask<FlexibilityAnswer?> AskAsync(FlexibilityAsk ask, CancellationToken cancellationToken) =>
        await _client.TellAnyAsync<FlexibilityAsk, FlexibilityAnswer>(Role, "/internal/v1/flexibility/ask", ask, cancellationToken);

    public async ValueTask<SupplyCurve?> CurveAsync(CancellationToken cancellationToken) => await _client.AskAnyAsync<SupplyCurve>(Role, "/internal/v1/flexibility/curve", cancellationToken, PeerClient.Longest);

    public void Dispose() => _client.Dispose();
}
