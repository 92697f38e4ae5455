using System.Globalization;
using System.Text;

namespace Movc.Ingest.Replay;

/// <summary>
/// Writes the small files of examples/, in the formats of the public data sets and out of a seed alone: no row comes from anywhere
/// else. Only additions, multiplications and the seeded generator are used, so every machine writes the same bytes.
/// </summary>
public static class ExampleFiles
{
    public const string SessionsName = "sessions-small.csv";
    public const string LoadName = "load-small.csv";

    /// <summary>The seed of the committed files.</summary>
    public const int CommittedSeed = 2024;

    private const int Users = 40;
    private const int Days = 21;
    private const int LoadWeeks = 2;

    // A Monday, three weeks before a clock change.
    private static readonly DateTime FirstDay = new(2024, 3, 4, 0, 0, 0, DateTimeKind.Unspecified);

    /// <summary>A weekday's load at each full hour, share of the peak [G]: low at night, a shoulder by day, highest in the evening.</summary>
    private static readonly double[] HourlyShare =
        [.60, .56, .53, .52, .52, .54, .60, .70, .78, .82, .84, .85, .85, .84, .83, .83, .85, .90, .96, 1.00, .97, .90, .80, .69];

    /// <summary>Writes both files.</summary>
    /// <param name="directory">Made if it is not there.</param>
    /// <param name="seed">Same seed, same bytes.</param>
    public static void Write(string directory, int seed)
    {
        Directory.CreateDirectory(directory);
        File.WriteAllBytes(Path.Combine(directory, SessionsName), Encoding.UTF8.GetBytes(Sessions(seed)));
        File.WriteAllBytes(Path.Combine(directory, LoadName), Encoding.UTF8.GetBytes(Load(seed)));
    }

    private static string Sessions(int seed)
    {
        var sessions = new List<Example>();
        for (int user = 0; user < Users; user++) AddUser(sessions, user, new Random(unchecked(seed * 1000 + user)));
        AddFaults(sessions);
        sessions.Sort((a, b) =>
            a.Start != b.Start ? a.Start.CompareTo(b.Start)
            : a.User != b.User ? a.User.CompareTo(b.User)
            : Nullable.Compare(a.End, b.End));
        var text = new StringBuilder("session_ID;Garage_ID;User_ID;User_type;Shared_ID;Start_plugin;Start_plugin_hour;End_plugout;End_plugout_hour;El_kWh;Duration_hours;month_plugin;weekdays_plugin\r\n");
        for (int i = 0; i < sessions.Count; i++)
        {
            Example s = sessions[i];
            string garage = $"Ex{s.User / 10 + 1}";
            string hours = s.End is { } end ? Comma((decimal)(end - s.Start).TotalMinutes / 60, "0.#########") : "NA";
            text.Append(CultureInfo.InvariantCulture, $"{i + 1};{garage};{garage}-{s.User % 10 + 1};Private;NA;")
                .Append(CultureInfo.InvariantCulture, $"{s.Start:dd.MM.yyyy HH:mm};{s.Start.Hour};{(s.End is null ? "NA" : $"{s.End:dd.MM.yyyy HH:mm}")};{s.End?.Hour.ToString(CultureInfo.InvariantCulture) ?? "NA"};")
                .Append(CultureInfo.InvariantCulture, $"{Comma(s.EnergyKwh, "0.##")};{hours};{s.Start:MMM};{s.Start:dddd}\r\n");
        }

        return text.ToString();
    }

    /// <summary>Overnight at home most evenings, leaving in the morning; now and then a stay by day at the weekend.</summary>
    private static void AddUser(List<Example> sessions, int user, Random random)
    {
        double habit = .45 + .5 * random.NextDouble();
        DateTime free = FirstDay;
        for (int day = 0; day < Days; day++)
        {
            DateTime midnight = FirstDay.AddDays(day);
            bool weekend = day % 7 >= 5;
            if (weekend && random.NextDouble() < .25) Add(10.5, 2, 2 + 3 * random.NextDouble(), 5);
            if (random.NextDouble() < habit) Add(weekend ? 18.5 : 17.4, 3, (day % 7 is 4 or 5 ? 15.5 : 14) + 2 * Bell(random), 14);

            void Add(double hour, double spreadHours, double lastsHours, double meanKwh)
            {
                DateTime start = midnight.AddMinutes(Math.Round(60 * (hour + spreadHours * Bell(random))));
                DateTime end = start.AddMinutes(Math.Round(60 * lastsHours));
                decimal kwh = Math.Round((decimal)Math.Min(meanKwh * (.25 + 1.5 * random.NextDouble()), 10 * lastsHours), 2);
                if (start <= free) return;
                sessions.Add(new Example(user, start, end, kwh));
                free = end;
            }
        }
    }

    /// <summary>The faults that the public set has, one or two of each, so that the example shows what becomes of them.</summary>
    private static void AddFaults(List<Example> sessions)
    {
        List<int> Of(int user) => [.. Enumerable.Range(0, sessions.Count).Where(i => sessions[i].User == user)];

        // A plug-out not told, followed by another session; and one that nothing follows.
        int followed = Of(4)[2];
        sessions[followed] = sessions[followed] with { End = null };
        int final = Of(8)[^1];
        sessions[final] = sessions[final] with { End = null };
        // A false start in the minute of a plug-in.
        Example afterFalseStart = sessions[Of(11)[1]];
        sessions.Add(afterFalseStart with { End = afterFalseStart.Start, EnergyKwh = .01m });
        // A session that begins before the one before it ends.
        DateTime overlapped = sessions[Of(19)[2]].End!.Value;
        sessions.Add(new Example(19, overlapped.AddMinutes(-60), overlapped.AddMinutes(30), 6.5m));
        // Unplugged and plugged in again within a minute.
        int split = Of(2)[1];
        Example whole = sessions[split];
        DateTime middle = whole.Start.AddMinutes(90);
        sessions[split] = whole with { End = middle, EnergyKwh = Math.Round(whole.EnergyKwh / 2, 2) };
        sessions.Add(whole with { Start = middle, EnergyKwh = Math.Round(whole.EnergyKwh / 2, 2) });
    }

    private static string Load(int seed)
    {
        var random = new Random(unchecked(seed * 1000 + 999));
        var text = new StringBuilder("DateTime,Temperature,Humidity,Wind Speed,Zone 1 Power Consumption,Zone 2 Power Consumption,Zone 3 Power Consumption\r\n");
        for (int row = 0; row < LoadWeeks * 7 * 144; row++)
        {
            int slot = row % 144, hour = slot / 6, dayOfWeek = row / 144 % 7;
            double between = slot % 6 / 6.0;
            double share = HourlyShare[hour] * (1 - between) + HourlyShare[(hour + 1) % 24] * between;
            double level = dayOfWeek switch { 5 => .93, 6 => .88, _ => 1 };
            // A day's temperature: coldest at 5, warmest at 15, straight in between.
            double sinceColdest = (slot / 6.0 + 19) % 24;
            double temperature = 6 + 8 * (sinceColdest <= 10 ? sinceColdest / 10 : (24 - sinceColdest) / 14) + .2 * Bell(random);
            double Zone(double kw) => Math.Round(kw * share * level * (1 + .01 * Bell(random)), 2);
            text.Append(CultureInfo.InvariantCulture, $"{FirstDay.AddMinutes(10 * row):M/d/yy H:mm},{Math.Round(temperature, 2):0.##},{Math.Round(85 - 2 * temperature, 1):0.#},{.08 + .002 * random.Next(3):0.###},")
                .Append(CultureInfo.InvariantCulture, $"{Zone(52_000):0.##},{Zone(34_000):0.##},{Zone(30_000):0.##}\r\n");
        }

        return text.ToString();
    }

    /// <summary>Bell-shaped over −1 to 1, mean 0: the mean of four uniform numbers, free of functions that round differently by machine.</summary>
    private static double Bell(Random random) =>
        (random.NextDouble() + random.NextDouble() + random.NextDouble() + random.NextDouble()) / 2 - 1;

    private static string Comma(decimal number, string format) =>
        number.ToString(format, CultureInfo.InvariantCulture).Replace('.', ',');

    private readonly record struct Example(int User, DateTime Start, DateTime? End, decimal EnergyKwh);
}
