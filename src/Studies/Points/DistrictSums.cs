namespace Movc.Studies.Points;

/// <summary>Sums over a district: energies by where vehicles stay, the rest by where they are at home.</summary>
internal struct DistrictSums
{
    public int TakePart;
    public double ChargedKwh;
    public double DischargedKwh;
    public double CompensationRmb;
    public double SatisfactionSum;
    public long Departures;

    public void Add(in DistrictSums other)
    {
        TakePart += other.TakePart;
        ChargedKwh += other.ChargedKwh;
        DischargedKwh += other.DischargedKwh;
        CompensationRmb += other.CompensationRmb;
        SatisfactionSum += other.SatisfactionSum;
        Departures += other.Departures;
    }
}
