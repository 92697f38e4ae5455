namespace Movc.Domain.Operators;

/// <summary>An operator's order.</summary>
/// <param name="Action">hold or resume.</param>
/// <param name="Scope">city, district or aggregator.</param>
/// <param name="Name">Of the district or aggregator; empty for the city.</param>
/// <param name="By">Who gives it, 1 to 100 characters.</param>
/// <param name="Why">What for, 1 to 500 characters.</param>
public sealed record HoldCommand(string Action, HoldScope Scope, string? Name, string By, string Why);
