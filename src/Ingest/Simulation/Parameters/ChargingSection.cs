using System.Text.Json;
using Movc.Domain.Charging;
using Movc.Domain.Simulation;

namespace Movc.Ingest.Simulation.Parameters;

/// <summary>Reads the section charging of a city's file.</summary>
internal static class ChargingSection
{
    public static ChargingParameters Read(ParameterReader r)
    {
        double indifferent = r.Number("charging.indifferentSoc", "1", 0.01, 0.99);
        const string path = "charging.cases";
        var cases = new Dictionary<ChargingCase, ChargingUtility>();
        var rows = r.Table(
            path, ("case", "text"), ("constant", "1"), ("soc", "1"), ("power", "1/kW"), ("gain", "1"), ("cost", "1/RMB"), ("publicAtHomePrice", "1"), ("waitsAtHome", "1"));
        for (int i = 0; i < rows.Count; i++)
        {
            string at = $"{path}.rows[{i}]";
            string name = r.TextOf($"{at}.case", rows[i][0]);
            if (!Enum.TryParse(name, ignoreCase: true, out ChargingCase which) || !Enum.IsDefined(which))
                throw r.Wrong($"{at}.case", $"'{name}' is none of {string.Join(", ", Enum.GetNames<ChargingCase>())}");
            var utility = new ChargingUtility
            {
                Constant = r.NumberOf($"{at}.constant", rows[i][1], -50, 50),
                Soc = r.NumberOf($"{at}.soc", rows[i][2], 0, 50),
                PowerPerKw = r.NumberOf($"{at}.power", rows[i][3], -5, 5),
                Gain = r.NumberOf($"{at}.gain", rows[i][4], 0, 50),
                CostPerRmb = r.NumberOf($"{at}.cost", rows[i][5], 0, 50),
                IndifferentSoc = indifferent,
                PublicAtHomePrice = r.NumberOf($"{at}.publicAtHomePrice", rows[i][6], 0, 1) > 0.5,
                CheapestAtHome = r.NumberOf($"{at}.waitsAtHome", rows[i][7], 0, 1) > 0.5,
            };
            if (!cases.TryAdd(which, utility)) throw r.Wrong($"{at}.case", $"'{name}' stands twice");
        }
        if (!cases.ContainsKey(ChargingCase.Base)) throw r.Wrong(path, "the base case is missing");
        double[] home = [.. r.Table("charging.prices", ("home", "RMB/kWh")).Select((row, i) => r.NumberOf($"charging.prices.rows[{i}]", row[0], -10, 100))];
        if (home.Length != 24) throw r.Wrong("charging.prices", $"has {home.Length} hours; give 24");
        return new ChargingParameters
        {
            Cases = cases,
            HomeRmbPerKwh = home,
            PublicSurchargeRmbPerKwh = r.Number("charging.publicSurcharge", "RMB/kWh", -10, 100),
            Departures = Departures(r),
        };
    }

    private static DeclaredDepartures Departures(ParameterReader r)
    {
        const string path = "charging.declaredDepartures";
        if (r.TableIfGiven(path, ("early", "1"), ("late", "1"), ("mean", "min")) is not [JsonElement[] row, ..] rows) return DeclaredDepartures.Kept;
        if (rows.Count > 1) throw r.Wrong(path, $"has {rows.Count} rows; give one");
        var departures = new DeclaredDepartures(r.NumberOf($"{path}.rows[0].early", row[0], 0, 1), r.NumberOf($"{path}.rows[0].late", row[1], 0, 1), r.NumberOf($"{path}.rows[0].mean", row[2], 0, 1440));
        return departures.EarlyShare + departures.LateShare <= 1 ? departures : throw r.Wrong(path, "early and late add up to more than 1");
    }
}
