using Movc.Domain;
using Movc.Domain.Dispatch;

namespace Movc.RollingOptimizer.Model.Tests;

public sealed class InstanceFolderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("movc-instance").FullName;

    public InstanceFolderTests()
    {
        Write("settings.json", "{\"slotMinutes\":10,\"slotsPerDay\":4,\"firstSlotOfDay\":2,\"efficiency\":0.9,\"lambda\":0.15}");
        Write("vehicles.csv", "vehicle,capacityKwh,initialKwh,finalMinKwh\na,60,44.722,42.581\nb,71.7,37.334,0\n");
        Write("stays.csv", "vehicle,startSlot,endSlot,maxChargeKw,maxDischargeKw,neededAtDepartureKwh,tripKwhAfter\nb,0,5,6.6,0,,\na,0,2,7,7,2.098,1.632\na,3,5,60,60,,\n");
        Write("load.csv", "slot,loadKw,baselineEvKw\n0,100.5,1\n1,101,2\n2,102,3\n3,103,4\n4,104,5\n");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_folder_is_read_into_columns_in_the_vehicles_order()
    {
        DispatchInstance x = InstanceFolder.Read(_folder);
        x.VehicleIds.ShouldBe(["a", "b"]);
        x.CapacityWh.ShouldBe([60_000, 71_700]);
        x.InitialWh.ShouldBe([44_722, 37_334]);
        x.FinalMinWh.ShouldBe([42_581, 0]);
        x.StayOffset.ShouldBe([0, 2, 3]);
        x.StartSlot.ShouldBe([0, 3, 0]);
        x.MaxChargeW.ShouldBe([7000, 60_000, 6600]);
        x.MaxDischargeW.ShouldBe([7000, 60_000, 0]);
        x.NeededAtDepartureWh.ShouldBe([2098, 0, 0]);
        x.TripWhAfter.ShouldBe([1632, 0, 0]);
        x.LoadKw.ShouldBe([100.5, 101, 102, 103, 104]);
        x.DayOfSlot.ShouldBe([0, 0, 1, 1, 1]);
        x.PastLoadKw.ShouldBeEmpty();
        x.SlotHours.ShouldBe(1 / 6.0, 1e-15);
    }

    [Fact]
    public void Past_slots_are_read_when_they_are_given()
    {
        Write("pastLoad.csv", "slot,netLoadKw\n-2,90\n-1,95\n");
        InstanceFolder.Read(_folder).PastLoadKw.ShouldBe([90, 95]);
    }

    [Theory]
    [InlineData("vehicles.csv", "vehicle,capacityKwh,initialKwh,finalMinKwh,colour\n", "vehicles.csv:1:5: unknown column colour")]
    [InlineData("vehicles.csv", "vehicle,capacityKwh,initialKwh\n", "vehicles.csv:1:4: column finalMinKwh is missing")]
    [InlineData("vehicles.csv", "vehicle,capacityKwh,initialKwh,finalMinKwh\na,60,x,0\n", "vehicles.csv:2:3: initialKwh: \"x\" is not a number")]
    [InlineData("vehicles.csv", "vehicle,capacityKwh,initialKwh,finalMinKwh\na,60,61,0\n", "vehicles.csv:2:3: initialKwh: the initial energy is over the capacity")]
    [InlineData("vehicles.csv", "vehicle,capacityKwh,initialKwh,finalMinKwh\na,60,1,0\na,60,1,0\n", "vehicles.csv:3:1: vehicle: vehicle a is listed twice")]
    [InlineData("vehicles.csv", "vehicle,capacityKwh,initialKwh,finalMinKwh\na,60,1\n", "vehicles.csv:2:4: 3 cells")]
    [InlineData("stays.csv", "vehicle,startSlot,endSlot,maxChargeKw,maxDischargeKw,neededAtDepartureKwh,tripKwhAfter\na,0,3,7,7,0,0\na,2,4,7,7,0,0\n", "stays.csv:3:2: startSlot: the stay starts before")]
    [InlineData("stays.csv", "vehicle,startSlot,endSlot,maxChargeKw,maxDischargeKw,neededAtDepartureKwh,tripKwhAfter\na,0,3,7,7,,\n", "stays.csv:2:6: neededAtDepartureKwh: only a stay that the horizon cuts off")]
    [InlineData("stays.csv", "vehicle,startSlot,endSlot,maxChargeKw,maxDischargeKw,neededAtDepartureKwh,tripKwhAfter\nc,0,3,7,7,0,0\n", "stays.csv:2:1: vehicle: vehicle c is not in vehicles.csv")]
    [InlineData("stays.csv", "vehicle,startSlot,endSlot,maxChargeKw,maxDischargeKw,neededAtDepartureKwh,tripKwhAfter\na,0,6,7,7,0,0\n", "stays.csv:2:3: endSlot: endSlot 6 is after")]
    [InlineData("load.csv", "slot,loadKw,baselineEvKw\n0,1,1\n2,1,1\n", "load.csv:3:1: slot: slot 2 where 1 should stand")]
    [InlineData("settings.json", "{\"slotMinutes\":10,\"slotsPerDay\":4,\"firstSlotOfDay\":4,\"efficiency\":0.9,\"lambda\":0.15}", "firstSlotOfDay is 4; give a whole number from 0 to 3")]
    [InlineData("settings.json", "{\"slotMinutes\":10,\n \"slotsPerDay\":}", "settings.json:2:16: not JSON")]
    [InlineData("settings.json", "{\"slotMinutes\":10,\"speed\":4}", "unknown setting speed")]
    [InlineData("pastLoad.csv", "slot,netLoadKw\n-3,90\n-2,90\n-1,95\n", "pastLoad.csv:2:1: slot: 3 past slots")]
    [InlineData("pastLoad.csv", "slot,netLoadKw\n-2,90\n", "pastLoad.csv:3:1: slot: the last past slot is -2")]
    [InlineData("vehicles.csv", "vehicle,capacityKwh,initialKwh,finalMinKwh\na,-60,1,0\n", "vehicles.csv:2:2: capacityKwh: -60 is negative")]
    [InlineData("vehicles.csv", "vehicle,capacityKwh,initialKwh,finalMinKwh\n\n\"a\",60,1,0\n,60,1,0\n", "vehicles.csv:4:1: vehicle: no name")]
    [InlineData("vehicles.csv", "vehicle,capacityKwh,initialKwh,finalMinKwh\n\"a,60,1,0\n", "vehicles.csv:2:1: a quote is opened")]
    [InlineData("vehicles.csv", "vehicle,capacityKwh,initialKwh,finalMinKwh\na,60,1,0,\n", "vehicles.csv:2:5: 5 cells")]
    [InlineData("stays.csv", "vehicle,startSlot,endSlot,maxChargeKw,maxDischargeKw,neededAtDepartureKwh,tripKwhAfter\na,-1,3,7,7,0,0\n", "stays.csv:2:2: startSlot: a stay of slots [-1, 3)")]
    [InlineData("stays.csv", "vehicle,startSlot,endSlot,maxChargeKw,maxDischargeKw,neededAtDepartureKwh,tripKwhAfter\na,1.5,3,7,7,0,0\n", "stays.csv:2:2: startSlot: \"1.5\" is not a whole number")]
    [InlineData("stays.csv", "vehicle,startSlot,endSlot,maxChargeKw,maxDischargeKw,neededAtDepartureKwh,tripKwhAfter\na,3,5,7,7,0,0\nb,0,1,7,7,0,0\na,0,2,7,7,0,0\n", "stays.csv:4:2: startSlot: the stay starts before")]
    [InlineData("load.csv", "slot,loadKw,baselineEvKw\n0,NaN,1\n", "load.csv:2:2: loadKw: \"NaN\" is not a number")]
    [InlineData("load.csv", "slot,loadKw,baselineEvKw\n", "load.csv:2:1: no slot")]
    [InlineData("load.csv", "", "load.csv:1:1: empty")]
    [InlineData("settings.json", "{\"slotMinutes\":10,\"slotsPerDay\":4,\"firstSlotOfDay\":2,\n\"efficiency\":0.9,\"lambda\":0.15,\n\"peakWeight\":1}", "settings.json:3:14: peakWeight 1 is not 0 or more and under 1")]
    [InlineData("settings.json", "{\"slotMinutes\":10,\"slotsPerDay\":4,\"firstSlotOfDay\":2,\n\"efficiency\":1.2,\"lambda\":0.15}", "settings.json:2:14: efficiency 1.2 is not over 0 and at most 1")]
    [InlineData("settings.json", "{\"slotMinutes\":10,\"slotsPerDay\":4,\"firstSlotOfDay\":2,\n\"efficiency\":0.9,\"lambda\":0.1}", "settings.json:2:27: lambda 0.1 must exceed (1 - efficiency^2)/(1 + efficiency^2) = 0.10497")]
    [InlineData("settings.json", "{\"slotMinutes\":\"10\"}", "settings.json:1:16: slotMinutes is not a number")]
    [InlineData("settings.json", "{\"slotMinutes\":10}", "settings.json:1:18: slotsPerDay is missing")]
    public void What_is_wrong_is_named_with_file_line_and_column(string file, string text, string message)
    {
        Write(file, text);
        string said = Should.Throw<InputException>(() => InstanceFolder.Read(_folder)).Message;
        said.ShouldContain(message);
        said.ShouldNotContain("\n");
    }

    [Fact]
    public void Quotes_a_byte_order_mark_and_carriage_returns_are_read()
    {
        Write("vehicles.csv", "\uFEFFvehicle, capacityKwh ,initialKwh,finalMinKwh\r\n\"a, the \"\"first\"\"\",6e1,44.722,42.581\r\n\r\n b ,71.7,37.3341,0");
        Write("stays.csv", "vehicle,startSlot,endSlot,maxChargeKw,maxDischargeKw,neededAtDepartureKwh,tripKwhAfter\r\n\"a, the \"\"first\"\"\",0,5,6.6,0,,\r\n");
        DispatchInstance x = InstanceFolder.Read(_folder);
        x.VehicleIds.ShouldBe(["a, the \"first\"", "b"]);
        x.CapacityWh.ShouldBe([60_000, 71_700]);
        x.InitialWh.ShouldBe([44_722, 37_334]);
        x.StayOffset.ShouldBe([0, 1, 1]);
    }

    [Fact]
    public void A_row_longer_than_any_buffer_is_read()
    {
        string id = new('x', 700_000);
        Write("vehicles.csv", $"vehicle,capacityKwh,initialKwh,finalMinKwh\na,60,1,0\n{id},60,1,0\nb,60,1,0\n");
        InstanceFolder.Read(_folder).VehicleIds.ShouldBe(["a", id, "b"]);
    }

    [Theory]
    [InlineData("mixed")]
    [InlineData("past")]
    [InlineData("folder")]
    [InlineData("peak")]
    public void What_is_written_reads_back_the_same_and_writes_the_same_bytes(string kind)
    {
        if (kind is "past") Write("pastLoad.csv", "slot,netLoadKw\n-2,90.25\n-1,95\n");
        DispatchInstance x = kind is "mixed" ? SyntheticFleet.Mixed(300, 300, 5) : InstanceFolder.Read(_folder);
        if (kind is "peak") x = x with { PeakWeight = .05 };
        string first = Written(x, "first");
        DispatchInstance y = InstanceFolder.Read(first);
        InstanceHash.Of(y).ShouldBe(InstanceHash.Of(x));
        y.PeakWeight.ShouldBe(x.PeakWeight);
        y.DayOfSlot.ShouldBe(x.DayOfSlot);
        y.PastLoadKw.ShouldBe(x.PastLoadKw);
        string second = Written(y, "second");
        foreach (string file in Directory.GetFiles(first))
            File.ReadAllBytes(Path.Combine(second, Path.GetFileName(file))).ShouldBe(File.ReadAllBytes(file));
    }

    [Fact]
    public void The_hash_of_an_instance_changes_with_any_figure()
    {
        string before = InstanceHash.Of(InstanceFolder.Read(_folder));
        Write("load.csv", "slot,loadKw,baselineEvKw\n0,100.5,1\n1,101,2\n2,102,3\n3,103,4\n4,104,5.001\n");
        InstanceHash.Of(InstanceFolder.Read(_folder)).ShouldNotBe(before, StringComparer.Ordinal);
        InstanceHash.Of(InstanceFolder.Read(_folder) with { PeakWeight = .05 }).ShouldNotBe(InstanceHash.Of(InstanceFolder.Read(_folder)), StringComparer.Ordinal);
    }

    private string Written(DispatchInstance x, string name)
    {
        string folder = Path.Combine(_folder, name);
        Directory.CreateDirectory(folder);
        InstanceFolder.Write(x, folder);
        return folder;
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        File.Delete(Path.Combine(_folder, "load.csv"));
        Should.Throw<InputException>(() => InstanceFolder.Read(_folder)).Message.ShouldContain("load.csv: no such file");
    }

    private void Write(string file, string text) => File.WriteAllText(Path.Combine(_folder, file), text);
}
