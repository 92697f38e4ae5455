namespace Movc.Studies.Trajectories;

/// <summary>What records of where a driver was do not tell of the vehicle, and what the replay takes instead.</summary>
/// <param name="CapacityWh">Battery, of the city's most frequent model.</param>
/// <param name="PowerW">Charging and discharging power at home, of the same.</param>
/// <param name="WhPerKm">Use on the road (MOVC Eq. 11).</param>
/// <param name="Detour">Road distance over straight line.</param>
internal sealed record TrajectoryVehicle(int CapacityWh, int PowerW, double WhPerKm, double Detour)
{
    /// <summary>Said wherever the numbers are used.</summary>
    public const string Assumption =
        "[G] recorded drivers: each has the city's most frequent model, registered full; plugs in whenever at home, consents to V2G while staying and declares the departure that the records tell; trips use the city's kWh/km over the straight line times its detour";
}
