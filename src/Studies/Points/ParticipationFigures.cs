namespace Movc.Studies.Points;

/// <summary>Who takes part, vehicles of the whole city.</summary>
/// <param name="Vehicles">All.</param>
/// <param name="WhenStaying">VWS.</param>
/// <param name="WhenCharging">VWC.</param>
public sealed record ParticipationFigures(int Vehicles, int WhenStaying, int WhenCharging)
{
    /// <summary>0 to 1.</summary>
    public double Share => (WhenStaying + WhenCharging) / (double)Vehicles;
}
