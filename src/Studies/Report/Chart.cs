using OxyPlot;

namespace Movc.Studies.Report;

/// <summary>A drawing and what its inks mean.</summary>
/// <param name="Svg">For the page.</param>
/// <param name="Legend">Empty where the caption says it all.</param>
internal sealed record Chart(string Svg, IReadOnlyList<(string Name, OxyColor Ink)> Legend);
