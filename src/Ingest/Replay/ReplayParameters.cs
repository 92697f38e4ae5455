using System.Globalization;
using System.Text.Json;
using Movc.Domain.Fleet;

namespace Movc.Ingest.Replay;

/// <summary>
/// What the replay assumes where its files are silent, from the embedded Parameters/replay.json, where each value has its unit,
/// its source mark and its reason.
/// </summary>
public sealed class ReplayParameters
{
    private const string Resource = "Movc.Ingest.Replay.Parameters.replay.json";

    private ReplayParameters(JsonElement root)
    {
        MinimumCapacityKwh = Number(root, "minimumCapacityKwh");
        CapacityOverLargestSession = Number(root, "capacityOverLargestSession");
        ChargePowerKw = Number(root, "chargePowerKw");
        DischargePowerKw = Number(root, "dischargePowerKw");
        EnergyAtDeparture = Number(root, "energyAtDeparture");
        PeakKwPerVehicle = Number(root, "peakKwPerVehicle");
        CloneJitterMinutes = root.GetProperty("cloneJitterMinutes").GetProperty("value").GetInt32();
        Consent = root.GetProperty("consent").GetProperty("value").GetString() switch
        {
            "charge-only" => V2gStrategy.ChargeOnly,
            "when-charging" => V2gStrategy.WhenCharging,
            "when-staying" => V2gStrategy.WhenStaying,
            var other => throw new InvalidDataException($"{Resource}: consent \"{other}\" is not a strategy"),
        };
        Assumptions =
        [
            Line(root, "minimumCapacityKwh", $"battery capacity = max({MinimumCapacityKwh}, {CapacityOverLargestSession} × largest session) kWh"),
            Line(root, "energyAtDeparture", $"every vehicle leaves with {EnergyAtDeparture * 100} % of its capacity, asks for that, and plugged in with that less the session's energy"),
            Line(root, "chargePowerKw", $"{ChargePowerKw} kW charging, {DischargePowerKw} kW discharging"),
            Line(root, "consent", $"every vehicle consents to V2G {Consent switch { V2gStrategy.WhenStaying => "whenever it is plugged in (VWS)", V2gStrategy.WhenCharging => "while it charges (VWC)", _ => "never (charge only)" }}"),
            Line(root, "energyAtDeparture", $"a plug-out that the file tells was declared by the driver when plugging in"),
        ];
        LoadAssumption = Line(root, "peakKwPerVehicle", $"city load scaled to a peak of {PeakKwPerVehicle} kW a registered vehicle");
        CloneAssumption = Line(root, "cloneJitterMinutes", $"each copy of a user is shifted as a whole by up to ±{CloneJitterMinutes} min");
    }

    /// <summary>The parameters that ship with the program.</summary>
    public static ReplayParameters Default { get; } = Load();

    /// <summary>Smallest battery assumed, kWh.</summary>
    public double MinimumCapacityKwh { get; }

    /// <summary>Battery over the user's largest session, 1 or more.</summary>
    public double CapacityOverLargestSession { get; }

    /// <summary>Charging power of every plug-in, kW.</summary>
    public double ChargePowerKw { get; }

    /// <summary>Discharging power of every plug-in, kW.</summary>
    public double DischargePowerKw { get; }

    /// <summary>State of charge at every departure, 0 to 1; also what the driver asks for.</summary>
    public double EnergyAtDeparture { get; }

    public V2gStrategy Consent { get; }

    /// <summary>Peak of the city's load over the number of registered vehicles, kW.</summary>
    public double PeakKwPerVehicle { get; }

    /// <summary>Largest shift of a copied user, whole minutes, 0 or more.</summary>
    public int CloneJitterMinutes { get; }

    /// <summary>One line each, with its source mark, of what is assumed about vehicles.</summary>
    public IReadOnlyList<string> Assumptions { get; }

    /// <summary>The line about the load.</summary>
    public string LoadAssumption { get; }

    /// <summary>The line about copies; told only when there are any.</summary>
    public string CloneAssumption { get; }

    private static double Number(JsonElement root, string name) => root.GetProperty(name).GetProperty("value").GetDouble();

    private static string Line(JsonElement root, string name, FormattableString text) =>
        $"[{root.GetProperty(name).GetProperty("mark").GetString()}] {text.ToString(CultureInfo.InvariantCulture)}";

    private static ReplayParameters Load()
    {
        using Stream stream = typeof(ReplayParameters).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"{Resource} is not embedded");
        using JsonDocument document = JsonDocument.Parse(stream);
        return new ReplayParameters(document.RootElement);
    }
}
