using System.CommandLine;
using System.Globalization;
using Movc.Composition;
using Movc.Ingest.Time;
using Movc.Output;
using Movc.RollingOptimizer.Plans;
using Movc.RollingOptimizer.Solver;
using Movc.Studies.Points;
using Movc.Studies.Regret;

namespace Movc.Cli;

/// <summary><c>movc regret</c>: what a stored period kept of the gain that perfect foresight would have had.</summary>
internal static class RegretCommand
{
    /// <summary>Vehicles that causes are looked for in: a day of them takes some minutes.</summary>
    private const int DefaultSample = 20_000;

    public static Command Create()
    {
        var store = new StoreArguments();
        var from = new Option<string?>("--from") { Description = "Start of the period: 2022-07-18T18:30:00Z, with an offset, or \"2022-07-18 18:30\" in the city's time; without it the first that is stored", HelpName = "TIME" };
        var to = new Option<string?>("--to") { Description = "Its end; without it the last that is stored", HelpName = "TIME" };
        var causes = new Option<bool>("--causes") { Description = "Split the loss by its causes: the period is lived again with one thing more known or held to each time, from what happened to perfect foresight" };
        Option<int> sample = Numbers.Option<int>("--sample", text => Numbers.Count(text) is > 0 and var count ? count : null, "a whole number of 1 or more, as 20000");
        (sample.Description, sample.HelpName, sample.DefaultValueFactory) = ("With --causes: vehicles to look at, evenly chosen, beside their share of the load; the number of all of them takes the whole city", "N", _ => DefaultSample);
        var json = new Option<bool>("--json") { Description = "Print the result as one JSON document on standard output" };
        var command = new Command("regret", "Hold a stored period against perfect foresight under the same constraints: how much of the possible gain the rolling plan kept") { from, to, causes, sample, json };
        store.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetResult(sample) is { Implicit: false } && !result.GetValue(causes)) result.AddError("--sample is for --causes: give both or leave it out");
        });
        Examples.Add(
            command,
            ("movc regret", "the whole of what ./data holds, also while the city runs"),
            ("movc regret --from \"2022-07-25 00:00\" --to \"2022-08-01 00:00\" --json", "one week"),
            ("movc regret --from \"2022-07-19 00:00\" --to \"2022-07-20 00:00\" --causes", "a day, and what its loss came of"));
        command.SetAction((result, cancellationToken) => Guard.RunAsync(CancellationToken.None, async () =>
        {
            await using StoredCity city = await store.OpenAsync(result, toWrite: false, cancellationToken);
            var calendar = new NodaCityCalendar(city.Ground.TimeZone);
            DateTimeOffset? first = result.GetValue(from) is { } text ? Instants.Parse("--from", text, calendar) : null, last = result.GetValue(to) is { } end ? Instants.Parse("--to", end, calendar) : null;
            RealizedSlot[] slots = StoredPeriods.Intervals(city, calendar, first, last);
            bool splits = result.GetValue(causes);
            if (splits) StoredCauses.Check(slots);
            (RegretFigures figures, CauseFigures? split) = await Jobs.RunAsync(
                (progress, token) =>
                {
                    RegretPeriod period = StoredPeriods.ReadAsync(city, calendar, first, last, (done, all) => progress.Part(done, all, "reading the journals"), token).GetAwaiter().GetResult();
                    progress.Step("solving the period with perfect foresight");
                    RegretFigures whole = new RegretStudy(new DispatchSolver()).Of(period, 1, token);
                    return (whole, splits ? StoredCauses.ReadAsync(city, calendar, slots, result.GetValue(sample), progress.Part, token).GetAwaiter().GetResult() : null);
                },
                cancellationToken);
            if (result.GetValue(json)) await Documents.WriteAsync(new { version = ProgramVersion.Text, store = city.Where, city = city.Ground.City, regret = figures, causes = split });
            else
            {
                await ShowAsync(city, figures, calendar);
                if (split is not null) await Console.Out.WriteLineAsync(CauseTable.Of(split, figures));
            }
            return ExitCode.Done;
        }));
        return command;
    }

    private static async Task ShowAsync(StoredCity city, RegretFigures f, NodaCityCalendar calendar)
    {
        string Line(string name, double objectiveKw, LoadFigures load, double? dischargedMwh) => string.Create(
            CultureInfo.InvariantCulture,
            $"  {name,-18}{objectiveKw / 1000,12:#,0.00}{load.PeakMw,12:#,0.0}{load.ValleyMw,12:#,0.0}{load.Median.OverValley,9:0.000}{load.Median.OverPeak,9:0.000}{(dischargedMwh is { } mwh ? mwh.ToString("#,0.0", CultureInfo.InvariantCulture) : "-"),14}");
        await Console.Out.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"""
            {city.Where}: {city.Ground.City}, {Instants.Local(f.From, calendar)} and {f.Slots:N0} intervals, {f.Vehicles:N0} willing vehicles
              kept {f.Kept:0.0 %} of the gain that perfect foresight had (certified: at least {f.KeptAtLeast:0.0 %})

                                  J, MW     peak, MW   valley, MW   PVDR      /peak   delivered, MWh
            {Line("charge only", f.ChargeOnlyKw, f.ChargeOnly, null)}
            {Line("as it was", f.RollingKw, f.Rolling, f.DischargedMwh)}
            {Line("perfect foresight", f.PerfectKw, f.Perfect, f.PerfectDischargedMwh)}

              departures {f.Departures:N0}, under what was owed {f.DeparturesUnderPromise:N0}; mean satisfaction {f.Satisfaction:0.0000}
              wear beyond charge only {f.ExtraWearRmb:N0} RMB; stored at the end against charge only {f.StoredMwh:+#,0.0;-#,0.0;0} MWh{(f.Repaired > 0 ? $"; {f.Repaired:N0} needs could not be met as recorded" : string.Empty)}
            """));
    }
}
