using System.Globalization;
using System.Text;
using Movc.Domain.Time;
using Movc.Domain.Mobility;
using Movc.Domain.Randomness;
using Movc.Domain.Threads;
using Movc.Ingest.Simulation;
using Movc.Ingest.Simulation.Parameters;
using Movc.Ingest.Simulation.People;

namespace Movc.Studies.Estimation.Tracks;

/// <summary>GPS records of simulated drivers with the drivers' true parameters beside them: what an estimation can be held against.</summary>
public static class SyntheticTracks
{
    /// <summary>File of the records: user,time,lat,lon.</summary>
    public const string Points = "points.csv";

    /// <summary>File of the truth: a line a user.</summary>
    public const string Truth = "truth.csv";

    private const int WarmUpWeeks = 2, DayS = 86_400, Chunk = 64;

    /// <summary>Writes both files.</summary>
    /// <param name="city">Whose drivers.</param>
    /// <param name="options">How they are seen.</param>
    /// <param name="folder">It is there.</param>
    /// <param name="step">Told what is being done.</param>
    /// <param name="cancellationToken">Ends the job.</param>
    /// <returns>Records written.</returns>
    public static long Write(CityParameters city, TrackOptions options, string folder, Action<string> step, CancellationToken cancellationToken)
    {
        var mobility = (TimeGeo)CityPeople.Of(city).Mobility;
        var calendar = new Ingest.Time.NodaCityCalendar(city.TimeZone);
        // A Monday of the city's clock, the records' first day; the lives began two weeks before.
        int monday = calendar.DayNumber(city.DefaultStartMs) - Weekdays.Of(calendar.DayNumber(city.DefaultStartMs));
        int offsetMinutes = calendar.OffsetMinutes(city.DefaultStartMs);
        var ids = new VehicleIds("u", options.Users);
        using StreamWriter points = new(Path.Combine(folder, Points), append: false, new UTF8Encoding(false), 1 << 20), truth = new(Path.Combine(folder, Truth), append: false, new UTF8Encoding(false));
        points.Write("user,time,lat,lon\n");
        truth.Write("user,toursPerWeek,dwellRate,burstRate,otherDistanceKm,homeLat,homeLon,workLat,workLon,explorationRate,explorationDecay,distanceShape\n");
        long records = 0;
        int done = 0;
        OrderedParallel.Run(
            (options.Users + Chunk - 1) / Chunk, () => new LifeTrack(mobility, city.Travel.SpeedKmPerHour),
            (c, life) =>
            {
                (StringBuilder lines, StringBuilder truths, int n) = (new(), new(), 0);
                for (int u = c * Chunk; u < Math.Min(options.Users, (c + 1) * Chunk); u++)
                {
                    ulong key = CounterRandom.VehicleKey(options.Seed, u);
                    n += AddPoints(lines, life, key, ids.Of(u), options, mobility, monday, offsetMinutes);
                    AddTruth(truths, mobility, key, ids.Of(u));
                }
                return (lines, truths, n);
            },
            piece =>
            {
                points.Write(piece.lines);
                truth.Write(piece.truths);
                records += piece.n;
                done = Math.Min(options.Users, done + Chunk);
                step(FormattableString.Invariant($"writing, {done:N0} of {options.Users:N0} users"));
            },
            0, cancellationToken);
        return records;
    }

    private static int AddPoints(StringBuilder lines, LifeTrack life, ulong key, string id, TrackOptions options, TimeGeo mobility, int monday, int offsetMinutes)
    {
        int from = WarmUpWeeks * 7 * DayS, until = from + (options.Weeks * 7 * DayS), n = 0;
        life.Live(key, (until / 600) + 1);
        CounterRandom random = CounterRandom.OfCharging(key);
        int missing = -1;
        bool gone = false;
        string zone = string.Create(CultureInfo.InvariantCulture, $"{(offsetMinutes < 0 ? '-' : '+')}{Math.Abs(offsetMinutes) / 60:00}:{Math.Abs(offsetMinutes) % 60:00}");
        for (int s = from + (int)(random.NextUniform() * options.EveryS); s < until; s += options.EveryS)
        {
            int day = s / DayS;
            if (day != missing) (missing, gone) = (day, random.NextUniform() < options.MissingDays);
            (double a, double b) = random.NextNormals();
            bool lost = random.NextUniform() < options.MissingFixes;
            if (gone || lost) continue;
            (double east, double north) = life.At(s);
            double latitude = mobility.Regions.OriginLatitudeDeg + ((north + (a * options.NoiseM / 1000)) / Domain.Places.StayRegions.KmPerDegree);
            double longitude = mobility.Regions.OriginLongitudeDeg + ((east + (b * options.NoiseM / 1000)) / (Domain.Places.StayRegions.KmPerDegree * Math.Cos(mobility.Regions.OriginLatitudeDeg * (Math.PI / 180))));
            var date = DateOnly.FromDayNumber(719_162 + monday + ((s - from) / DayS));
            lines.Append(id).Append(',').Append(CultureInfo.InvariantCulture, $"{date:yyyy-MM-dd}T{s % DayS / 3600:00}:{s % 3600 / 60:00}:{s % 60:00}").Append(zone)
                .Append(',').Append(CultureInfo.InvariantCulture, $"{latitude:0.000000}").Append(',').Append(CultureInfo.InvariantCulture, $"{longitude:0.000000}").Append('\n');
            n++;
        }
        return n;
    }

    private static void AddTruth(StringBuilder truths, TimeGeo mobility, ulong key, string id)
    {
        TimeGeoTraits t = mobility.TraitsOf(key);
        Domain.Places.StayRegions r = mobility.Regions;
        string work = t.Work < 0 ? "," : string.Create(CultureInfo.InvariantCulture, $"{r.LatitudeDeg(t.Work):0.000000},{r.LongitudeDeg(t.Work):0.000000}");
        truths.Append(CultureInfo.InvariantCulture, $"{id},{t.ToursPerWeek:0.######},{t.DwellRate:0.######},{t.BurstRate:0.######},{t.OtherDistance.Shape * t.OtherDistance.ScaleKm:0.######},{r.LatitudeDeg(t.Home):0.000000},{r.LongitudeDeg(t.Home):0.000000},{work},{mobility.Parameters.ExplorationRate:0.######},{mobility.Parameters.ExplorationDecay:0.######},{t.OtherDistance.Shape:0.######}\n");
    }
}
