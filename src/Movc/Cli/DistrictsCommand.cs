using System.CommandLine;
using System.Globalization;
using Movc.Composition;
using Movc.Domain;
using Movc.Domain.Fleet;
using Movc.Domain.Time;
using Movc.Ingest.Time;
using Movc.Output;
using Movc.TwinState.History;

namespace Movc.Cli;

/// <summary><c>movc districts</c>: what districts drew in a stored period, in hindsight, and whether their limits were kept.</summary>
internal static class DistrictsCommand
{
    public static Command Create()
    {
        var store = new StoreArguments();
        var from = new Option<string?>("--from") { Description = "Start of the period: 2022-07-18T18:30:00Z, with an offset, or \"2022-07-18 18:30\" in the city's time; without it the first that is stored", HelpName = "TIME" };
        var to = new Option<string?>("--to") { Description = "Its end; without it the last that is stored", HelpName = "TIME" };
        var json = new Option<bool>("--json") { Description = "Print the result, every interval's power too, as one JSON document on standard output" };
        var command = new Command("districts", "What the vehicles at each district's plugs drew in a stored period by all that is known today, late news too, and whether operators' limits were kept") { from, to, json };
        store.AddTo(command);
        Examples.Add(
            command,
            ("movc districts", "the whole of what ./data holds, also while the city runs"),
            ("movc districts --from \"2022-07-18 17:00\" --to \"2022-07-18 21:00\" --json", "an evening, interval by interval"));
        command.SetAction((result, cancellationToken) => Guard.RunAsync(CancellationToken.None, async () =>
        {
            await using StoredCity city = await store.OpenAsync(result, toWrite: false, cancellationToken);
            var calendar = new NodaCityCalendar(city.Ground.TimeZone);
            FleetModel model = city.Ground.Model();
            if (model.Districts.Names.Count == 0) throw new InputException($"{city.Where}: the city knows no districts");
            DateTimeOffset? first = result.GetValue(from) is { } text ? Instants.Parse("--from", text, calendar) : null, last = result.GetValue(to) is { } end ? Instants.Parse("--to", end, calendar) : null;
            (long fromMs, int slots) = StoredPeriods.Of(city, calendar, first, last, [.. city.Realized.Select(r => r.AtMs)]);
            double[][] kw = await Jobs.RunAsync(
                (progress, token) =>
                {
                    int shards = city.Events.ReadPositionsAsync(token).AsTask().GetAwaiter().GetResult().Count, done = 0;
                    return new DistrictHistoryReader(city.Events, model).ReadAsync(fromMs, slots, () => progress.Part(Interlocked.Increment(ref done), shards, "reading the journals"), token).GetAwaiter().GetResult();
                },
                cancellationToken);
            DistrictPast[] pasts = [.. model.Districts.Names.Select((name, d) => DistrictPast.Of(name, fromMs, kw[d], city.Orders))];
            if (result.GetValue(json)) await Documents.WriteAsync(new { version = ProgramVersion.Text, store = city.Where, city = city.Ground.City, from = DateTimeOffset.FromUnixTimeMilliseconds(fromMs), minutes = Slots.Minutes, districts = pasts });
            else await ShowAsync(city, calendar, fromMs, slots, pasts);
            return ExitCode.Done;
        }));
        return command;
    }

    private static async Task ShowAsync(StoredCity city, NodaCityCalendar calendar, long fromMs, int slots, DistrictPast[] pasts)
    {
        await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{city.Where}: {city.Ground.City}, {Instants.Local(DateTimeOffset.FromUnixTimeMilliseconds(fromMs), calendar)} and {slots:N0} intervals"));
        await Console.Out.WriteLineAsync("  district           mean, kW    highest     lowest   limited   over");
        foreach (DistrictPast p in pasts)
        {
            string limited = p.Limited == 0 ? "        -      -" : string.Create(CultureInfo.InvariantCulture, $"{p.Limited,9:N0}{p.Over,7:N0}{(p.Over > 0 ? $", by {p.MostOverKw:N0} kW at {Instants.Local(p.MostOverAt!.Value, calendar)}" : string.Empty)}");
            await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  {p.District,-16}{p.Kw.Average(),11:N0}{p.Kw.Max(),11:N0}{p.Kw.Min(),11:N0} {limited}"));
        }
    }
}
