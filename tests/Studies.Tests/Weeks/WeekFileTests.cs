using Movc.Studies.Cache;
using Movc.Studies.Weeks;

namespace Movc.Studies.Tests.Weeks;

public sealed class WeekFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("movc-week-").FullName;
    private readonly WeekSettings _settings = new() { Vehicles = 300, Seed = 5, Days = 2 };

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_week_comes_back_as_it_was()
    {
        SimulatedWeek week = SmallWeeks.Simulate(_settings);
        string path = Path.Combine(_folder, "w");
        WeekFile.Write(path, "key", week);
        SimulatedWeek back = WeekFile.TryRead(path, "key", _settings, week.People).ShouldNotBeNull();
        back.Parts.Count.ShouldBe(week.Parts.Count);
        for (int p = 0; p < week.Parts.Count; p++)
        {
            back.Parts[p].FirstVehicle.ShouldBe(week.Parts[p].FirstVehicle);
            back.Parts[p].Vehicles.ShouldBe(week.Parts[p].Vehicles);
            back.Parts[p].Stays.ShouldBe(week.Parts[p].Stays);
        }
        Directory.GetFiles(_folder).ShouldBe([path]);
    }

    [Fact]
    public void A_file_that_is_short_altered_or_of_another_key_is_none()
    {
        SimulatedWeek week = SmallWeeks.Simulate(_settings);
        string path = Path.Combine(_folder, "w");
        WeekFile.Write(path, "key", week);
        byte[] good = File.ReadAllBytes(path);
        SimulatedWeek? With(byte[] bytes, string key = "key")
        {
            File.WriteAllBytes(path, bytes);
            return WeekFile.TryRead(path, key, _settings, week.People);
        }
        With(good).ShouldNotBeNull();
        With(good, "kez").ShouldBeNull();
        var random = new Random(1);
        for (int i = 0; i < 60; i++)
        {
            byte[] altered = [.. good];
            altered[i < 30 ? i : random.Next(good.Length)] ^= (byte)(1 << random.Next(8));
            With(altered).ShouldBeNull();
        }
        foreach (int length in (int[])[0, 1, 11, 16, 20, good.Length / 2, good.Length - 1]) With(good[..length]).ShouldBeNull();
        WeekFile.TryRead(path + "x", "key", _settings, week.People).ShouldBeNull();
    }

    [Fact]
    public void A_source_keeps_weeks_and_simulates_what_is_spoilt()
    {
        var cache = new StudyCache(Path.Combine(_folder, "c"), long.MaxValue, TimeProvider.System);
        string Origin()
        {
            var source = new WeekSource(cache, 0);
            source.Get(SmallWeeks.Shenzhen, _settings, _ => { }, TestContext.Current.CancellationToken);
            return source.LastOrigin;
        }
        Origin().ShouldBe("simulated");
        Origin().ShouldBe("cached");
        string file = Directory.GetFiles(cache.Folder).ShouldHaveSingleItem();
        File.WriteAllText(file, "rubbish");
        Origin().ShouldBe("simulated");
        Origin().ShouldBe("cached");
        var memory = new WeekSource(cache, 0);
        SimulatedWeek first = memory.Get(SmallWeeks.Shenzhen, _settings, _ => { }, TestContext.Current.CancellationToken);
        memory.Get(SmallWeeks.Shenzhen, _settings with { }, _ => { }, TestContext.Current.CancellationToken).ShouldBeSameAs(first);
        memory.LastOrigin.ShouldBe("in memory");
        memory.Get(SmallWeeks.Shenzhen, _settings with { Seed = 6 }, _ => { }, TestContext.Current.CancellationToken).ShouldNotBeSameAs(first);
    }

    [Fact]
    public void What_a_week_depends_on_is_in_its_key_and_nothing_else()
    {
        WeekSettings s = _settings;
        WeekSettings[] others =
        [
            s with { Vehicles = 301 }, s with { Seed = 6 }, s with { Days = 3 }, s with { WarmUpWeeks = 1 }, s with { QuickAtHomeShare = 0.5 },
            s with { Case = Domain.Charging.ChargingCase.Anxious },
        ];
        string key = WeekSource.KeyOf(SmallWeeks.Shenzhen, s);
        WeekSource.KeyOf(SmallWeeks.Shenzhen, s with { }).ShouldBe(key);
        others.Select(o => WeekSource.KeyOf(SmallWeeks.Shenzhen, o)).Append(key).Distinct(StringComparer.Ordinal).Count().ShouldBe(others.Length + 1);
        string.Equals(WeekSource.KeyOf(Ingest.Simulation.Parameters.CityParameterFile.BuiltIn("beijing"), s), key, StringComparison.Ordinal).ShouldBeFalse();
    }

    [Fact]
    public void A_cache_over_its_limit_lets_the_longest_unused_go()
    {
        var cache = new StudyCache(Path.Combine(_folder, "c"), 250, TimeProvider.System);
        string text = new('x', 100);
        foreach (string key in (string[])["a", "b", "c"])
        {
            cache.WriteText("t", key, text);
            File.SetLastWriteTimeUtc(cache.PathOf("t", key), new DateTime(2026, 1, key[0] - 'a' + 1, 0, 0, 0, DateTimeKind.Utc));
        }
        // Used now, so the next oldest goes.
        cache.TryReadText("t", "a").ShouldBe(text);
        cache.Trim();
        cache.TryReadText("t", "b").ShouldBeNull();
        cache.TryReadText("t", "a").ShouldBe(text);
        cache.TryReadText("t", "c").ShouldBe(text);
    }
}
