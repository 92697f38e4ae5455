using System.Text;
using Movc.EventLog.Records;

namespace Movc.EventLog.Tests.Records;

public sealed class Murmur2Tests
{
    /// <summary>Vectors of Kafka's Java client (UtilsTest).</summary>
    [Theory]
    [InlineData("21", -973932308)]
    [InlineData("foobar", -790332482)]
    [InlineData("a-little-bit-long-string", -985981536)]
    [InlineData("a-little-bit-longer-string", -1486304829)]
    [InlineData("lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8", -58897971)]
    [InlineData("abc", 479470107)]
    public void The_hash_is_that_of_the_Java_client(string key, int hash) =>
        unchecked((int)Murmur2.Hash(Encoding.UTF8.GetBytes(key))).ShouldBe(hash);

    [Fact]
    public void The_sign_bit_is_masked_before_the_partition_is_taken()
    {
        // -973932308 & 0x7fffffff = 1173551340.
        Murmur2.Partition("21"u8, 16).ShouldBe(1173551340 % 16);
        Murmur2.Partition("21"u8, 7).ShouldBe(1173551340 % 7);
        Murmur2.Partition("21"u8, 1).ShouldBe(0);
    }

    [Fact]
    public void Numbered_vehicles_spread_evenly_over_sixteen_partitions()
    {
        var counts = new int[16];
        for (int n = 0; n < 16_000; n++) counts[Murmur2.Partition(Encoding.UTF8.GetBytes($"v-{n:D6}"), 16)]++;
        counts.ShouldAllBe(c => c > 850 && c < 1150);
    }
}
