using System.Runtime.InteropServices;

namespace Movc.TwinState.History;

/// <summary>Notes when a shard's vehicles were away from the plug, and how they left and came back.</summary>
internal sealed class PlugLog
{
    private const int None = -1;
    private readonly List<Gap> _gaps = [];
    private int[] _open = [];

    /// <summary>A vehicle left.</summary>
    /// <param name="vehicle">Local index.</param>
    /// <param name="leftMs">When, Unix milliseconds UTC.</param>
    /// <param name="milliWh">With what, 1/1,000 Wh.</param>
    /// <param name="owedWh">What it was owed, Wh.</param>
    public void Leave(int vehicle, long leftMs, int milliWh, int owedWh)
    {
        Grow(vehicle);
        _open[vehicle] = _gaps.Count;
        _gaps.Add(new Gap(vehicle, leftMs, milliWh, owedWh));
    }

    /// <summary>It came back.</summary>
    /// <param name="vehicle">Local index.</param>
    /// <param name="backMs">When, Unix milliseconds UTC.</param>
    /// <param name="milliWh">With what, 1/1,000 Wh.</param>
    /// <param name="chargeW">Charging power of the stay that begins, W.</param>
    /// <param name="dischargeW">Discharging power of it, W.</param>
    public void Return(int vehicle, long backMs, int milliWh, int chargeW, int dischargeW)
    {
        Grow(vehicle);
        if (_open[vehicle] == None) return;
        ref Gap gap = ref CollectionsMarshal.AsSpan(_gaps)[_open[vehicle]];
        gap.BackMs = Math.Max(backMs, gap.LeftMs + 1);
        (gap.UsedWh, gap.ChargeW, gap.DischargeW) = (Math.Max(0, gap.LeftMilliWh - milliWh) / 1000, chargeW, dischargeW);
        _open[vehicle] = None;
    }

    /// <summary>Gaps of each vehicle in their order: of vehicle i those from Offset[i] to under Offset[i + 1].</summary>
    public (int[] Offset, Gap[] Gaps) ByVehicle()
    {
        int[] offset = new int[_open.Length + 1];
        foreach (Gap gap in _gaps) offset[gap.Vehicle + 1]++;
        for (int i = 0; i < _open.Length; i++) offset[i + 1] += offset[i];
        int[] next = [.. offset];
        var gaps = new Gap[_gaps.Count];
        foreach (Gap gap in _gaps) gaps[next[gap.Vehicle]++] = gap;
        return (offset, gaps);
    }

    private void Grow(int vehicle)
    {
        int had = _open.Length;
        if (vehicle < had) return;
        Array.Resize(ref _open, Math.Max(vehicle + 1, had * 2));
        _open.AsSpan(had).Fill(None);
    }

    /// <summary>A time away; <see cref="BackMs"/> is <see cref="long.MaxValue"/> while it did not come back.</summary>
    internal record struct Gap(int Vehicle, long LeftMs, int LeftMilliWh, int OwedWh)
    {
        public long BackMs = long.MaxValue;
        public int UsedWh;
        public int ChargeW;
        public int DischargeW;
    }
}
