namespace Movc.Domain.Operators;

/// <summary>An operator's order.</summary>
/// <param name="Action">hold, resume, limit or unlimit.</param>
/// <param name="Scope">city, district or aggregator; district for a limit.</param>
/// <param name="Name">Of the district or aggregator; empty for the city.</param>
/// <param name="By">Who gives it, 1 to 100 characters.</param>
/// <param name="Why">What for, 1 to 500 characters.</param>
/// <param name="ImportKw">Of a limit: most that the district's vehicles may draw together, kW, 0 or more; null = not limited.</param>
/// <param name="ExportKw">Of a limit: most that they may deliver, kW, 0 or more; null = not limited. A limit has one of both at least.</param>
public sealed record HoldCommand(string Action, HoldScope Scope, string? Name, string By, string Why, double? ImportKw = null, double? ExportKw = null);
