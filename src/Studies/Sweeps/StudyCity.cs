namespace Movc.Studies.Sweeps;

/// <summary>What a city's points stand on.</summary>
/// <param name="City">As the user named it.</param>
/// <param name="Name">For people.</param>
/// <param name="ParametersHash">Of its file.</param>
/// <param name="Assumptions">A line for every value marked [G].</param>
public sealed record StudyCity(string City, string Name, string ParametersHash, IReadOnlyList<string> Assumptions);
