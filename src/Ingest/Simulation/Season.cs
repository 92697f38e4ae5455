namespace Movc.Ingest.Simulation;

/// <summary>The four weeks of the year that the model knows.</summary>
public enum Season : byte
{
    Spring = 0,
    Summer = 1,
    Fall = 2,
    Winter = 3,
}
