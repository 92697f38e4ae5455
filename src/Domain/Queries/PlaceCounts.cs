namespace Movc.Domain.Queries;

/// <summary>How many vehicles are where.</summary>
/// <param name="Home">Standing at home.</param>
/// <param name="Work">Standing at work.</param>
/// <param name="Other">Standing elsewhere.</param>
/// <param name="Driving">Between places.</param>
/// <param name="Unknown">Standing where nobody told.</param>
public sealed record PlaceCounts(int Home, int Work, int Other, int Driving, int Unknown);
