namespace Movc.VehicleKernel.Vehicles;

/// <summary>A time at a plug. Outside its stays a vehicle drives and takes no power.</summary>
/// <param name="StartSlot">First slot, 0 or more.</param>
/// <param name="EndSlot">First slot after it, over the start, at most T.</param>
/// <param name="MaxChargeW">Most charging power, W, 0 or more.</param>
/// <param name="MaxDischargeW">Most discharging power, W; 0 = smart charging only.</param>
/// <param name="NeededWh">Floor on the stored energy at departure, Wh; 0 where the horizon cuts the stay off.</param>
/// <param name="TripWh">Energy that the trip after it takes, Wh; 0 where the horizon cuts the stay off.</param>
public readonly record struct VehicleStay(int StartSlot, int EndSlot, int MaxChargeW, int MaxDischargeW, int NeededWh, int TripWh);
