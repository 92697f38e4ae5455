namespace Movc.Domain.Charging;

/// <summary>Weights of the multinomial logit (MOVC Eqs. 4-10).</summary>
public sealed record ChargingUtility
{
    /// <summary>β0, of any charging.</summary>
    public required double Constant { get; init; }

    /// <summary>β_SOC, of how low the battery is.</summary>
    public required double Soc { get; init; }

    /// <summary>β_R, per kW over the power at home.</summary>
    public required double PowerPerKw { get; init; }

    /// <summary>β_ΔSOC, of what the stay can add.</summary>
    public required double Gain { get; init; }

    /// <summary>β_Cost, per RMB over the cost at home.</summary>
    public required double CostPerRmb { get; init; }

    /// <summary>B: the SOC at which the term of β_SOC is 0, inside (0, 1).</summary>
    public required double IndifferentSoc { get; init; }

    /// <summary>Public charging at the price of home.</summary>
    public bool PublicAtHomePrice { get; init; }

    /// <summary>Where sessions wait for the cheapest slots of the stay: at home (true), or nowhere (false).</summary>
    public bool CheapestAtHome { get; init; } = true;
}
