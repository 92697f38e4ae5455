namespace Movc.Domain.Flexibility;

/// <summary>A question to the city: can its vehicles take so much load off the plan, in every interval between two instants?</summary>
/// <param name="From">Begin, within the plan's horizon; cut down to an interval's start.</param>
/// <param name="To">End, exclusive; cut up to an interval's end.</param>
/// <param name="Mw">Load less than planned, MW, over 0.</param>
public sealed record FlexibilityAsk(DateTimeOffset From, DateTimeOffset To, double Mw);
