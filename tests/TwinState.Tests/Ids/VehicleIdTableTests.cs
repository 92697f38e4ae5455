using System.Text;
using Movc.Domain.Fleet;
using Movc.TwinState.Ids;

namespace Movc.TwinState.Tests.Ids;

public sealed class VehicleIdTableTests
{
    [Fact]
    public void Every_id_is_found_at_its_index_after_many_growths_and_no_other_is()
    {
        var table = new VehicleIdTable();
        var random = new Random(5);
        var known = new List<byte[]>();
        for (int n = 0; n < 20_000; n++)
        {
            // Ids of 1 to 64 bytes that share long beginnings and differ in their last digits.
            byte[] id = Encoding.UTF8.GetBytes($"{n}{new string('x', random.Next(0, 58))}");
            table.Find(id).ShouldBe(-1);
            table.Add(id).ShouldBe(n);
            known.Add(id);
        }
        for (int n = 0; n < known.Count; n++)
        {
            table.Find(known[n]).ShouldBe(n);
            table.Utf8(n).SequenceEqual(known[n]).ShouldBeTrue();
        }
        table.Find("never"u8).ShouldBe(-1);
        table.Find([]).ShouldBe(-1);
        table.Count.ShouldBe(20_000);
    }

    [Fact]
    public void Ids_that_are_beginnings_of_each_other_are_kept_apart()
    {
        var table = new VehicleIdTable();
        byte[] longest = Encoding.UTF8.GetBytes(new string('a', 64));
        for (int length = 1; length <= 64; length++) table.Add(longest.AsSpan(0, length)).ShouldBe(length - 1);
        for (int length = 1; length <= 64; length++) table.Find(longest.AsSpan(0, length)).ShouldBe(length - 1);
    }

    [Fact]
    public void A_frozen_view_stays_as_it_was_while_the_table_grows()
    {
        var table = new VehicleIdTable();
        var views = new List<IVehicleIds>();
        for (int n = 0; n < 6000; n++)
        {
            table.Add(Encoding.UTF8.GetBytes($"vehicle-{n}"));
            if (n % 500 == 0) views.Add(table.Freeze());
        }
        for (int v = 0; v < views.Count; v++)
        {
            views[v].Count.ShouldBe((v * 500) + 1);
            for (int n = 0; n < views[v].Count; n += 13) Encoding.UTF8.GetString(views[v].Utf8(n)).ShouldBe($"vehicle-{n}");
            int count = views[v].Count;
            IVehicleIds view = views[v];
            Should.Throw<ArgumentOutOfRangeException>(() => view.Utf8(count).Length);
        }
    }
}
