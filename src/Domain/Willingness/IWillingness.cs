using Movc.Domain.Fleet;
using Movc.Domain.Randomness;

namespace Movc.Domain.Willingness;

/// <summary>What owners let the city do with their vehicles, and what they get for it (MOVC Eqs. 12-14).</summary>
public interface IWillingness
{
    /// <summary>Draws an owner's strategy.</summary>
    V2gStrategy Choose(ref CounterRandom random);

    /// <summary>What is paid per kWh discharged to the grid, RMB/kWh.</summary>
    double CompensationRmbPerKwh(V2gStrategy strategy);
}
