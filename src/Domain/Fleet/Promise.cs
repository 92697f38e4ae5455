namespace Movc.Domain.Fleet;

/// <summary>
/// What is owed to a driver at departure: the energy asked for, but no more than Charge Only would have given (model.md §6: E_need
/// clipped to Charge Only, so that charging on its own always keeps the promise).
/// </summary>
public static class Promise
{
    /// <summary>Energy owed, Wh.</summary>
    /// <param name="neededWh">Energy asked for, Wh; 0 = nothing was told, and all that Charge Only would have given is owed.</param>
    /// <param name="chargeOnlyWh">Charge Only's energy at the departure, Wh.</param>
    public static double Wh(int neededWh, double chargeOnlyWh) => neededWh == 0 ? chargeOnlyWh : Math.Min(neededWh, chargeOnlyWh);
}
