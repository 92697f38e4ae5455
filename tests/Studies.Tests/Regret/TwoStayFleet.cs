using System.Text;
using Movc.Domain.Charging;
using Movc.Domain.Dispatch;
using Movc.Domain.Fleet;

namespace Movc.Studies.Tests.Regret;

/// <summary>A fleet in columns, each vehicle with a stay, a trip and another stay until the period's end; what it declares and is used to may be something else than it does.</summary>
internal sealed class TwoStayFleet(TwoStayFleet.Vehicle[] vehicles, int slots) : IPastFleet
{
    public const int PowerW = 7_000;
    public const int CapacityWh = 60_000;

    /// <summary>A vehicle.</summary>
    /// <param name="StartWh">Stored at the start.</param>
    /// <param name="Leave">Slot at which it leaves.</param>
    /// <param name="Back">Slot at which it is back.</param>
    /// <param name="UsedWh">Used meanwhile.</param>
    /// <param name="NeedWh">Asked for at the departure.</param>
    /// <param name="Declared">Slot for which the departure was declared.</param>
    /// <param name="Usual">Slot at which it is used to be back.</param>
    public sealed record Vehicle(int StartWh, int Leave, int Back, int UsedWh, int NeedWh, int Declared, int Usual);

    public long FromMs => 1_658_102_400_000;

    public int Slots => slots;

    public int Vehicles => vehicles.Length;

    public int AllVehicles => vehicles.Length;

    public PastRun AsItWas { get; set; } = null!;

    public ValueTask<IFleetAgain> AgainAsync(bool knowsStays, CancellationToken cancellationToken) => ValueTask.FromResult<IFleetAgain>(new Again(this, vehicles, knowsStays));

    private sealed class Again : IFleetAgain
    {
        private readonly TwoStayFleet _of;
        private readonly Vehicle[] _vehicles;
        private readonly bool _knows;
        private readonly double[] _wh;
        private readonly double[] _aloneWh;
        private readonly double[] _leftWh;
        private readonly double[] _aloneLeftWh;
        private readonly int[] _standingW;
        private readonly long[] _untilMs;
        private readonly double[] _chargedKw;
        private readonly double[] _dischargedKw;
        private readonly double[] _aloneKw;
        private int _slot;

        public Again(TwoStayFleet of, Vehicle[] vehicles, bool knows)
        {
            (_of, _vehicles, _knows) = (of, vehicles, knows);
            _wh = [.. vehicles.Select(v => (double)v.StartWh)];
            (_aloneWh, _leftWh, _aloneLeftWh) = ([.. _wh], new double[vehicles.Length], new double[vehicles.Length]);
            (_standingW, _untilMs) = (new int[vehicles.Length], new long[vehicles.Length]);
            (_chargedKw, _dischargedKw, _aloneKw) = (new double[of.Slots], new double[of.Slots], new double[of.Slots]);
        }

        public FleetSnapshot Snapshot()
        {
            long atMs = _of.FromMs + (_slot * Domain.Time.Slots.Ms);
            int[] plugged = [.. Indices(IsPlugged)], away = [.. Indices(i => !IsPlugged(i))];
            long Ms(int slot) => _of.FromMs + (slot * Domain.Time.Slots.Ms);
            // Of the second stay nobody knows an end.
            long Departure(int i) => _slot >= _vehicles[i].Back ? Ms(_of.Slots + 400) : Ms(_knows ? _vehicles[i].Leave : Math.Max(_slot, _vehicles[i].Declared));
            int[] leaving = [.. plugged.Where(i => _slot < _vehicles[i].Leave)];
            int From(int i) => IsPlugged(i) ? (int)((Departure(i) - atMs) / Domain.Time.Slots.Ms) : 0;
            int To(int i) => Math.Max(From(i) + 1, (_knows ? _vehicles[i].Back : _vehicles[i].Usual) - _slot);
            int[] gaps = [.. leaving, .. away], offset = new int[plugged.Length + away.Length + 1];
            int[] rows = [.. plugged, .. away];
            for (int r = 0; r < rows.Length; r++) offset[r + 1] = offset[r] + (gaps.Contains(rows[r]) ? 1 : 0);
            var outlook = new FleetOutlook
            {
                GapOffset = offset,
                UsualChargeW = [.. rows.Select(_ => PowerW)],
                UsualNeedWh = [.. rows.Select(i => _vehicles[i].UsedWh)],
                FromSlot = [.. gaps.Select(i => (ushort)From(i))],
                ToSlot = [.. gaps.Select(i => (ushort)To(i))],
                UsedWh = [.. gaps.Select(i => _vehicles[i].UsedWh)],
                Vehicle = away,
                CapacityWh = [.. away.Select(_ => CapacityWh)],
                EnergyWh = [.. away.Select(i => (int)_leftWh[i])],
                ChargeOnlyEnergyWh = [.. away.Select(i => (int)_aloneLeftWh[i])],
                MaxChargeW = [.. away.Select(_ => PowerW)],
                MaxDischargeW = [.. away.Select(_ => PowerW)],
                NeededWh = [.. away.Select(i => _vehicles[i].NeedWh)],
            };
            int[] Column(Func<int, int> of) => [.. plugged.Select(of)];
            return new FleetSnapshot(atMs, [new ShardSnapshot
            {
                Shard = 0, AtMs = atMs, JournalSequence = 0, Ids = new Names(_vehicles.Length), RegisteredCount = _vehicles.Length, Vehicle = plugged,
                CapacityWh = Column(_ => CapacityWh), EnergyWh = Column(i => (int)_wh[i]), ChargeOnlyEnergyWh = Column(i => (int)_aloneWh[i]),
                MaxChargeW = Column(_ => PowerW), MaxDischargeW = Column(_ => PowerW), UnmanagedW = Column(_ => PowerW), UnmanagedStart = [.. plugged.Select(_ => UnmanagedStart.AtOnce)],
                DepartureMs = [.. plugged.Select(Departure)], NeededWh = Column(i => _vehicles[i].NeedWh), Consent = [.. plugged.Select(_ => V2gStrategy.WhenStaying)], District = Column(_ => -1),
                StandingW = Column(i => PowerOf(i, atMs)), SetpointUntilMs = [.. plugged.Select(i => _untilMs[i] > atMs ? _untilMs[i] : 0)],
                SlotChargeOnlyKw = 0, SlotDispatchedKw = 0, SlotWillingChargeOnlyKw = 0, SlotWillingChargedKw = 0, SlotWillingDischargedKw = 0, StaleCount = 0,
                DeparturesUnderPromise = 0, Departures = 0, SatisfactionPpm = 0, Outlook = outlook,
            }]);
        }

        public ValueTask<double> FollowAsync(IReadOnlyList<SetpointBatch> setpoints, CancellationToken cancellationToken)
        {
            long atMs = _of.FromMs + (_slot * Domain.Time.Slots.Ms);
            SetpointBatch batch = setpoints.Single();
            for (int k = 0; k < batch.Count; k++) (_standingW[batch.Vehicle[k]], _untilMs[batch.Vehicle[k]]) = (batch.PowerW[k], batch.ValidUntilMs);
            for (int i = 0; i < _vehicles.Length; i++)
            {
                if (!IsPlugged(i)) continue;
                double drawn = Store(ref _wh[i], PowerOf(i, atMs)) / 1000 / Domain.Time.Slots.Hours;
                if (drawn > 0) _chargedKw[_slot] += drawn;
                else _dischargedKw[_slot] -= drawn;
                _aloneKw[_slot] += Store(ref _aloneWh[i], PowerW) / 1000 / Domain.Time.Slots.Hours;
            }
            int slot = _slot++;
            for (int i = 0; i < _vehicles.Length; i++)
            {
                if (_slot == _vehicles[i].Leave) (_leftWh[i], _aloneLeftWh[i], _untilMs[i]) = (_wh[i], _aloneWh[i], 0);
                if (_slot != _vehicles[i].Back) continue;
                _wh[i] -= _vehicles[i].UsedWh;
                _aloneWh[i] -= _vehicles[i].UsedWh;
            }
            return ValueTask.FromResult(_chargedKw[slot] - _dischargedKw[slot]);
        }

        public PastRun Finish()
        {
            int n = _vehicles.Length;
            T[] Stays<T>(Func<int, T> first, Func<int, T> second) => [.. Enumerable.Range(0, n).SelectMany(i => new[] { first(i), second(i) })];
            return new PastRun(
                new FleetHistory
                {
                    FromMs = _of.FromMs, CapacityWh = [.. _vehicles.Select(_ => CapacityWh)], InitialWh = [.. _vehicles.Select(v => v.StartWh)], FinalWh = [.. _wh.Select(wh => (int)wh)],
                    FinalChargeOnlyWh = [.. _aloneWh.Select(wh => (int)wh)], WearRmb = new double[n], ChargeOnlyWearRmb = new double[n], DischargedWh = new long[n],
                    Consent = [.. _vehicles.Select(_ => V2gStrategy.WhenStaying)], StayOffset = [.. Enumerable.Range(0, n + 1).Select(i => 2 * i)],
                    StartSlot = Stays(_ => 0, i => _vehicles[i].Back), EndSlot = Stays(i => _vehicles[i].Leave, _ => _of.Slots), MaxChargeW = Stays(_ => PowerW, _ => PowerW), MaxDischargeW = Stays(_ => PowerW, _ => PowerW),
                    OwedWh = Stays(i => (int)Promise.Wh(_vehicles[i].NeedWh, _aloneLeftWh[i]), _ => 0), DepartWh = Stays(i => (int)_leftWh[i], i => (int)_wh[i]), TripWhAfter = Stays(i => _vehicles[i].UsedWh, _ => 0),
                    ChargedKw = _chargedKw, DischargedKw = _dischargedKw, Departures = n, DeparturesUnderPromise = Enumerable.Range(0, n).Count(i => _leftWh[i] + 2 < Promise.Wh(_vehicles[i].NeedWh, _aloneLeftWh[i])), Satisfaction = n,
                },
                _aloneKw, _chargedKw, _dischargedKw);
        }

        private bool IsPlugged(int i) => _slot < _vehicles[i].Leave || _slot >= _vehicles[i].Back;

        private IEnumerable<int> Indices(Func<int, bool> which) => Enumerable.Range(0, _vehicles.Length).Where(which);

        private int PowerOf(int i, long atMs) => atMs < _untilMs[i] ? _standingW[i] : _wh[i] < CapacityWh ? PowerW : 0;

        /// <summary>Stores what fits and returns what went through the plug, Wh.</summary>
        private static double Store(ref double wh, int powerW)
        {
            const double Efficiency = DispatchParameters.Efficiency;
            double inside = (powerW > 0 ? powerW * Efficiency : powerW / Efficiency) * Domain.Time.Slots.Hours, change = Math.Clamp(inside, -wh, CapacityWh - wh);
            wh += change;
            return change > 0 ? change / Efficiency : change * Efficiency;
        }
    }

    private sealed class Names(int count) : IVehicleIds
    {
        public int Count => count;

        public ReadOnlySpan<byte> Utf8(int index) => Encoding.UTF8.GetBytes($"v{index}");
    }
}
