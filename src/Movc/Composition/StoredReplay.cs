using System.Globalization;
using Movc.Domain;
using Movc.Domain.Time;
using Movc.Ingest.Time;
using Movc.TwinState.History;

namespace Movc.Composition;

/// <summary>A stored period as a city to run.</summary>
internal static class StoredReplay
{
    /// <summary>Opens it.</summary>
    /// <param name="recorded">Stays open as long as it is replayed.</param>
    /// <param name="from">First instant in words; null = the beginning.</param>
    /// <param name="to">Last; null = the end.</param>
    /// <param name="loop">Whether it begins again at its end.</param>
    /// <param name="paused">Whether it waits for somebody to let it play.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="InputException">Nothing is stored, or the instants are none of it.</exception>
    public static async Task<(CitySetup Setup, ReplayedCity Replay)> OpenAsync(StoredCity recorded, string? from, string? to, bool loop, bool paused, CancellationToken cancellationToken)
    {
        CityGround ground = recorded.Ground;
        var calendar = new NodaCityCalendar(ground.TimeZone);
        StoredPeriod period = await StoredPeriod.OpenAsync(recorded.Events, $"movc:replay/{ground.City}", cancellationToken);
        (long firstMs, long lastMs) = (period.StartMs, period.EndMs!.Value);
        long Bound(string option, string? text, long absent)
        {
            if (text is null) return absent;
            long ms = Slots.Floor(Instants.Parse(option, text, calendar).ToUnixTimeMilliseconds());
            if (ms < firstMs || ms > lastMs)
                throw new InputException($"{option} \"{text}\": lies outside what is stored; give an instant from {Local(firstMs)} to {Local(lastMs)}");
            return ms;
        }
        string Local(long ms) => Instants.Local(DateTimeOffset.FromUnixTimeMilliseconds(ms), calendar);
        long startMs = Bound("--from", from, firstMs), endMs = Bound("--to", to, lastMs);
        if (startMs >= endMs) throw new InputException($"--to: {Local(endMs)} is not after {Local(startMs)}");
        if (recorded.Realized.Count == 0) throw new InputException($"{recorded.Where}: holds no interval's load; it is kept with the first plan after an interval is over");
        StoredPeriod part = period.Until(endMs);
        string name = string.Create(CultureInfo.InvariantCulture, $"{ground.City} as stored in {recorded.Where}");
        var setup = new CitySetup(
            ground.City, part, new RecordedLoad(recorded.Realized, recorded.LastPlan?.View.Horizon, ground.LoadSource), calendar, ground.Model(), ground.Assumptions,
            string.Create(CultureInfo.InvariantCulture, $"replay of {recorded.Where} from {startMs} to {endMs}"))
        {
            Ground = ground,
        };
        return (setup, new ReplayedCity(name, startMs, endMs, loop, paused) { Stored = recorded.Events, Realized = recorded.Realized });
    }
}
