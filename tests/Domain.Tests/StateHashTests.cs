using System.Globalization;
using System.Text;
using Movc.Domain.Fleet;
using Movc.Domain.Hashing;

namespace Movc.Domain.Tests;

public sealed class StateHashTests
{
    // Worked out apart from this code, with Python's hashlib and struct: docs/events/state-hash.md.
    private const string V0042 = "c31be46c08b6542296a9aef95738fa07";
    private const string Accent = "d5bd8196388c4bbab989b8a2f8213a08";
    private const string Longest = "202b614b77ce91709ecbe30465f6cb9e";

    [Fact]
    public void One_vehicles_term_is_the_documented_one()
    {
        StateHash.ToHex(Example()).ShouldBe(V0042);
        StateHash.ToHex(StateHash.Of("é"u8, int.MaxValue, plugged: false, -1, V2gStrategy.ChargeOnly, -1)).ShouldBe(Accent);
        StateHash.ToHex(StateHash.Of(Encoding.UTF8.GetBytes(new string('x', 64)), 0, plugged: false, 0, V2gStrategy.WhenCharging, long.MaxValue)).ShouldBe(Longest);
    }

    [Fact]
    public void Terms_are_summed_modulo_two_to_the_128_in_any_order()
    {
        UInt128[] terms = [Parse(V0042), Parse(Accent), Parse(Longest)];
        StateHash.ToHex(StateHash.Combine(terms[0], terms[1])).ShouldBe("98d9660241429fdd5033679c4f5a340f");
        StateHash.ToHex(StateHash.Combine(StateHash.Combine(terms[0], terms[1]), terms[2])).ShouldBe("b904c74db911314deeff4aa0b550ffad");
        StateHash.ToHex(StateHash.Combine(terms[2], StateHash.Combine(terms[1], terms[0]))).ShouldBe("b904c74db911314deeff4aa0b550ffad");
        StateHash.Combine(UInt128.MaxValue, 1).ShouldBe(UInt128.Zero);
    }

    [Fact]
    public void A_fleet_without_vehicles_is_32_zeros_and_small_sums_keep_their_leading_zeros()
    {
        StateHash.Empty.ToString().ShouldBe(new string('0', 32));
        StateHash.ToHex(255).ShouldBe("000000000000000000000000000000ff");
    }

    [Fact]
    public void Taking_the_old_term_off_and_adding_the_new_one_equals_hashing_anew()
    {
        StateHash fleet = StateHash.Empty.Add(Example()).Add(Parse(Accent));
        fleet.Remove(Example()).Add(Parse(Longest)).ShouldBe(StateHash.Empty.Add(Parse(Longest)).Add(Parse(Accent)));
        fleet.Remove(Example()).Remove(Parse(Accent)).ShouldBe(StateHash.Empty);
    }

    [Fact]
    public void Every_field_counts()
    {
        UInt128[] terms =
        [
            Example(),
            StateHash.Of("v-0043"u8, 17, plugged: true, 31_415, V2gStrategy.WhenStaying, 1_496_275_200_000),
            StateHash.Of("v-0042"u8, 18, plugged: true, 31_415, V2gStrategy.WhenStaying, 1_496_275_200_000),
            StateHash.Of("v-0042"u8, 17, plugged: false, 31_415, V2gStrategy.WhenStaying, 1_496_275_200_000),
            StateHash.Of("v-0042"u8, 17, plugged: true, 31_416, V2gStrategy.WhenStaying, 1_496_275_200_000),
            StateHash.Of("v-0042"u8, 17, plugged: true, 31_415, V2gStrategy.WhenCharging, 1_496_275_200_000),
            StateHash.Of("v-0042"u8, 17, plugged: true, 31_415, V2gStrategy.WhenStaying, 1_496_275_200_001),
        ];
        terms.Distinct().Count().ShouldBe(terms.Length);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(65)]
    public void An_id_of_no_byte_or_of_more_than_64_is_refused(int bytes) =>
        Should.Throw<ArgumentException>(() => StateHash.Of(new byte[bytes], 0, plugged: false, 0, V2gStrategy.ChargeOnly, 0));

    [Fact]
    public void Hashing_makes_no_object()
    {
        UInt128 sum = Example();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1_000; i++) sum = StateHash.Combine(sum, StateHash.Of("v-0042"u8, i, plugged: true, 31_415, V2gStrategy.WhenStaying, i));
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
        sum.ShouldNotBe(UInt128.Zero);
    }

    private static UInt128 Example() => StateHash.Of("v-0042"u8, 17, plugged: true, 31_415, V2gStrategy.WhenStaying, 1_496_275_200_000);

    private static UInt128 Parse(string hex) => UInt128.Parse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
