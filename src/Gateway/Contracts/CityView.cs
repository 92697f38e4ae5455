using Movc.Domain.Queries;

namespace Movc.Gateway.Contracts;

/// <summary>Answer of GET /api/v1/city.</summary>
/// <param name="Frame">The frame that every page shows, the plan's age as of now.</param>
/// <param name="History">Realized intervals of yesterday and today that the frame was made from; null before the first.</param>
public sealed record CityView(CityFrame Frame, LoadCurves? History);
