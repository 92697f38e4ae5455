namespace Movc.Domain.Charging;

/// <summary>How people weigh charging (model.md §4).</summary>
public enum ChargingCase : byte
{
    Base = 0,

    /// <summary>Case 1: charges whenever it can.</summary>
    Anxious = 1,

    /// <summary>Case 2: charges only when low.</summary>
    Unconcerned = 2,

    /// <summary>Case 3: prefers power.</summary>
    Power = 3,

    /// <summary>Case 4: public charging costs what home charging costs.</summary>
    PublicAtHomePrice = 4,

    /// <summary>Case 5: does not look at prices, every session starts at once.</summary>
    IgnoresPrice = 5,
}
