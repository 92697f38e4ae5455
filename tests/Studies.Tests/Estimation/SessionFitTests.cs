using Movc.Domain;
using Movc.Domain.Charging;
using Movc.Domain.Events;
using Movc.Domain.Simulation;
using Movc.Ingest.Simulation.Parameters;
using Movc.Ingest.Simulation.People;
using Movc.Studies.Estimation.Sessions;

namespace Movc.Studies.Tests.Estimation;

public sealed class SessionFitTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("movc-sessions-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Sessions_of_known_weights_are_fitted_until_they_look_alike()
    {
        PeopleModel people = CityPeople.Of(SmallWeeks.Shenzhen);
        ChargingUtility known = SmallWeeks.Shenzhen.Charging.Cases[ChargingCase.Base] with { Constant = 3, Soc = 1.5, Gain = 5 };
        var observed = SessionMoments.Of(people with { Charging = new LogitChargingChoice(known, people.Tariff, people.Efficiency) }, PlaceKind.Home, 3000, 4, 99, 0);
        ChargingFit fit = new ChargingFitter(people, SmallWeeks.Shenzhen.Charging.Cases[ChargingCase.Base], PlaceKind.Home, 1, 0, 1500).Run(observed, _ => { }, TestContext.Current.CancellationToken);
        ChargingFit.Distance(observed, fit.Before).ShouldBeGreaterThan(0.02);
        ChargingFit.Distance(observed, fit.Fitted).ShouldBeLessThan(ChargingFit.Distance(observed, fit.Before) / 8);
        fit.TripEnergyFactor.ShouldBeInRange(0.85, 1.15);
        fit.Fitted.PerUserWeek.ShouldBe(observed.PerUserWeek, 0.05 * observed.PerUserWeek);
    }

    [Fact]
    public void Real_sessions_at_home_give_a_city_that_charges_like_them()
    {
        string? data = Environment.GetEnvironmentVariable("MOVC_DATA");
        Assert.SkipWhen(data is null, "needs ../shared/data or MOVC_DATA");
        SessionFolder.Write(_folder, Path.Combine(data, "sessions", "trondheim_apartments_sessions.csv"), PlaceKind.Home, "shenzhen", "trondheim", 1, 0, "1.2.3", _ => { }, TestContext.Current.CancellationToken);
        CityParameters city = CityParameterFile.Open(Path.Combine(_folder, "trondheim.json"));
        ChargingUtility fitted = city.Charging.Cases[ChargingCase.Base], before = SmallWeeks.Shenzhen.Charging.Cases[ChargingCase.Base];
        fitted.ShouldNotBe(before);
        // The cases keep their distance from the base.
        (city.Charging.Cases[ChargingCase.Anxious].Constant - fitted.Constant).ShouldBe(2, 1e-3);
        string html = File.ReadAllText(Path.Combine(_folder, "charging.html"));
        foreach (string fact in (string[])["6,878 rows", "1.2.3", "[E]", "Energy of sessions"]) html.ShouldContain(fact);
    }

    [Fact]
    public void A_file_of_something_else_is_refused_with_what_is_known()
    {
        string file = Path.Combine(_folder, "x.csv");
        File.WriteAllText(file, "a,b\n1,2\n");
        string Refusal(string path) => Should.Throw<InputException>(() => SessionFolder.Write(_folder, path, PlaceKind.Home, "shenzhen", "x", 1, 0, "1", _ => { }, TestContext.Current.CancellationToken)).Message;
        Refusal(file).ShouldContain("User_ID;Start_plugin;End_plugout;El_kWh");
        Refusal(file + "y").ShouldContain("no such file");
    }
}
