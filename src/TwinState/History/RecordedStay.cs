namespace Movc.TwinState.History;

/// <summary>One stay of a vehicle at the plug while it is recorded: the whole intervals of it.</summary>
internal struct RecordedStay
{
    public int Vehicle;
    public int StartSlot;

    /// <summary>Exclusive.</summary>
    public int EndSlot;
    public int MaxChargeW;
    public int MaxDischargeW;

    /// <summary>Stored energy at the start and at the end, Wh.</summary>
    public double StartWh;

    /// <inheritdoc cref="StartWh"/>
    public double EndWh;

    /// <summary>Owed at the end, Wh; 0 = the period ended first, or consent did.</summary>
    public double OwedWh;

    public readonly bool IsUsable => EndSlot > StartSlot;
}
