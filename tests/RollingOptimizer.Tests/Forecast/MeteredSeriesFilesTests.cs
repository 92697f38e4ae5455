using Movc.Domain;
using Movc.RollingOptimizer.Forecast.Evaluation;

namespace Movc.RollingOptimizer.Tests.Forecast;

public sealed class MeteredSeriesFilesTests : IDisposable
{
    private const string LoadHeader = "DateTime,Temperature,Zone 1 Power Consumption,Zone 2  Power Consumption\n";
    private readonly string _path = Path.Combine(Directory.CreateTempSubdirectory("movc-series-").FullName, "file.csv");

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_path)!, recursive: true);

    [Fact]
    public void Feeders_are_summed()
    {
        MeteredSeries load = Load(LoadHeader + "1/1/17 0:00,6.5,1,2.5\n1/1/17 0:10,6.5,3,4\n");
        (load.FirstMs, load.SlotMs, load.Unit).ShouldBe((1_483_228_800_000, 600_000, "kW"));
        load.Values.ShouldBe([3.5, 7]);
    }

    [Fact]
    public void Zones_are_told_apart()
    {
        IReadOnlyList<MeteredSeries> zones = Volumes("time,1,11\n2022/9/1 0:00,5,6\n2022/9/1 1:00,7,8\n");
        zones.Select(z => z.Name).ShouldBe(["1", "11"]);
        zones[1].Values.ShouldBe([6, 8]);
        MeteredSeriesFiles.Sum(zones, "both").Values.ShouldBe([11, 15]);
    }

    [Theory]
    [InlineData("DateTime,Load\n1/1/17 0:00,5\n", ":1:1:", "like Zone 1 Power Consumption")]
    [InlineData("When,Zone 1 Power Consumption\n1/1/17 0:00,5\n", ":1:1:", "column DateTime is missing")]
    [InlineData("DateTime,Zone 1 Power Consumption\n1/1/17 0:00,NaN\n", ":2:2:", "not a number")]
    [InlineData("DateTime,Zone 1 Power Consumption\n1/1/17 0:00,\n", ":2:2:", "not a number")]
    [InlineData("DateTime,Zone 1 Power Consumption\n1/1/17 0:00,-5\n", ":2:2:", "negative")]
    [InlineData("DateTime,Zone 1 Power Consumption\n2017-01-01,5\n", ":2:1:", "write M/d/yy H:mm")]
    [InlineData("DateTime,Zone 1 Power Consumption\n1/1/17 0:00,5\n1/1/17 0:30,5\n", ":3:1:", "without holes")]
    [InlineData("DateTime,Zone 1 Power Consumption\n1/1/17 0:00,5\n1/1/17 0:00,5\n", ":3:1:", "in order")]
    [InlineData("DateTime,Zone 1 Power Consumption\n1/1/17 0:00\n", ":2:", "cells")]
    [InlineData("DateTime,Zone 1 Power Consumption\n", ":2:1:", "no row")]
    public void What_is_wrong_is_said_with_its_place_and_remedy(string text, string place, string remedy)
    {
        string complaint = Should.Throw<InputException>(() => Load(text)).Message;
        complaint.ShouldStartWith(_path + place);
        complaint.ShouldContain(remedy);
    }

    [Fact]
    public void A_file_that_is_not_there_is_named() =>
        Should.Throw<InputException>(() => MeteredSeriesFiles.ReadVolumes(_path)).Message.ShouldStartWith(_path);

    private MeteredSeries Load(string text)
    {
        File.WriteAllText(_path, text);
        return MeteredSeriesFiles.ReadLoad(_path);
    }

    private IReadOnlyList<MeteredSeries> Volumes(string text)
    {
        File.WriteAllText(_path, text);
        return MeteredSeriesFiles.ReadVolumes(_path);
    }
}
