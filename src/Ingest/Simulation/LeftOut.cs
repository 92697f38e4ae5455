namespace Movc.Ingest.Simulation;

/// <summary>Why a vehicle makes no tour on a day.</summary>
internal enum LeftOut : byte
{
    NotPlanned = 0,
    Overlapping = 1,
    WithoutEnergy = 2,
}
