namespace Movc.Ingest.Simulation.Parameters;

/// <summary>Reads the section regions of a city's file.</summary>
internal static class RegionSection
{
    private const string Measured = "regions.measured";

    public static RegionParameters Read(ParameterReader r, IReadOnlyList<DistrictParameters> districts)
    {
        var layout = new RegionParameters(
            (int)r.Number("regions.count", "regions", 2, 200_000),
            r.Number("regions.areaShare", "1", 0, 1),
            r.Number("regions.popularitySigma", "1", 0, 5));
        if (r.TableIfGiven(Measured, ("longitude", "deg"), ("latitude", "deg"), ("district", "text"), ("popularity", "1"), ("homes", "1")) is not { } rows) return layout;
        var byName = districts.Select((d, i) => (d.Name, i)).ToDictionary(d => d.Name, d => d.i, StringComparer.Ordinal);
        MeasuredRegion[] measured = [.. rows.Select((row, i) =>
            {
                string name = r.TextOf($"{Measured}.rows[{i}].district", row[2]);
                if (!byName.TryGetValue(name, out int district)) throw r.Wrong($"{Measured}.rows[{i}].district", $"'{name}' is no district of the file");
                return new MeasuredRegion(
                    r.NumberOf($"{Measured}.rows[{i}].longitude", row[0], -178, 178),
                    r.NumberOf($"{Measured}.rows[{i}].latitude", row[1], -80, 80),
                    district,
                    r.NumberOf($"{Measured}.rows[{i}].popularity", row[3], 1e-9, 1e12),
                    r.NumberOf($"{Measured}.rows[{i}].homes", row[4], 0, 1e12));
            })];
        if (measured.Length < 2) throw r.Wrong(Measured, "a city needs two stay regions at least");
        if (!measured.Any(m => m.Homes > 0 && districts[m.District].PopulationMillions > 0)) throw r.Wrong(Measured, "nobody has a home: no region with homes lies in a district with people");
        return layout with { Measured = measured };
    }
}
