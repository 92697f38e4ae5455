namespace Movc.Audit;

/// <summary>What an audit can find wrong with a plan. Each kind is one rule of model.md §6 or of the certificate.</summary>
public enum AuditFindingKind : byte
{
    /// <summary>A column of the result has the wrong length.</summary>
    WrongLength,

    /// <summary>A number is NaN, infinite, or was never written.</summary>
    NotFinite,

    /// <summary>The status contradicts the rest of the result.</summary>
    StatusContradicts,

    /// <summary>Power outside the vehicle's stays.</summary>
    PowerWhileAway,

    /// <summary>Charging over the stay's largest charging power.</summary>
    ChargeOverLimit,

    /// <summary>Discharging over the stay's largest discharging power.</summary>
    DischargeOverLimit,

    /// <summary>Stored energy under zero at a slot's boundary.</summary>
    EnergyUnderZero,

    /// <summary>Stored energy over the capacity at a slot's boundary.</summary>
    EnergyOverCapacity,

    /// <summary>Less energy at a departure than needed.</summary>
    NeedMissed,

    /// <summary>Less energy at the end of the horizon than the floor.</summary>
    FinalFloorMissed,

    /// <summary>A need is out of reach even at full charging, and the result does not list it.</summary>
    NeedNotListed,

    /// <summary>The result lists a lowered need that can be reached, or lowers one further than it must.</summary>
    NeedLoweredWithoutCause,

    /// <summary>The setpoint of slot 0 is not the schedule's power in slot 0.</summary>
    FirstSlotDiffers,

    /// <summary>The load after dispatch is not the load plus the schedules.</summary>
    AfterLoadDiffers,

    /// <summary>The objective is not what the schedules and the load come to.</summary>
    ObjectiveDiffers,

    /// <summary>A price lies outside [−1, 1].</summary>
    PriceOutOfRange,

    /// <summary>A day's prices exceed 1 by more in all than the day's peak is worth.</summary>
    PricePeakBudget,

    /// <summary>The prices of a calendar day do not sum to zero.</summary>
    PriceDayUnbalanced,

    /// <summary>The prices prove less than the bound that is claimed.</summary>
    BoundNotProved,

    /// <summary>The prices prove more than the bound that is claimed: bound and prices do not belong together.</summary>
    BoundNotOfPrices,

    /// <summary>The bound lies over the objective.</summary>
    BoundOverObjective,

    /// <summary>The result says that it is of another instance than the one it is held against.</summary>
    InstanceDiffers,

    /// <summary>A figure that the result reports beside its plan is not what its own plan and instance come to.</summary>
    ReportDiffers,
}
