using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using Movc.VehicleKernel.Bundles;
using Movc.VehicleKernel.Storage;

namespace Movc.VehicleKernel.Tests;

public sealed class BundleCodecTests
{
    [Fact]
    public void What_is_written_is_read_to_the_last_bit()
    {
        for (ulong seed = 1; seed <= 200; seed++)
        {
            var random = new SplitMix64(seed);
            PlanBundle bundle = MadeBundles.Draw(seed, 1 + random.NextInt(40), random.NextInt(9), random.NextInt(9), random.NextInt(5));
            byte[] file = BundleCodec.Encode(bundle, out Digest hash);
            PlanBundle read = BundleCodec.Decode(file, out Digest again);
            again.ShouldBe(hash);
            BundleCodec.HashOf(file).ShouldBe(hash);
            BundleCodec.Encode(read, out _).ShouldBe(file);
            Same(read, bundle);
        }
    }

    [Fact]
    public void Every_flipped_bit_of_every_byte_is_found()
    {
        byte[] file = BundleCodec.Encode(MadeBundles.Draw(7), out _);
        for (int at = 0; at < file.Length; at++)
        {
            for (int bit = 0; bit < 8; bit++)
            {
                file[at] ^= (byte)(1 << bit);
                Should.Throw<BundleFormatException>(() => BundleCodec.Decode(file, out _), $"byte {at}, bit {bit}");
                file[at] ^= (byte)(1 << bit);
            }
        }
        BundleCodec.Decode(file, out _);
    }

    [Fact]
    public void A_flipped_bit_is_found_by_the_hash_too_where_the_check_was_made_to_fit()
    {
        byte[] file = BundleCodec.Encode(MadeBundles.Draw(8), out Digest hash);
        for (int at = 8; at < file.Length - 8; at++)
        {
            byte[] forged = [.. file];
            forged[at] ^= 16;
            SHA256.HashData(forged.AsSpan(0, forged.Length - 8)).AsSpan(0, 8).CopyTo(forged.AsSpan(forged.Length - 8));
            try
            {
                // Bits of the compression that change nothing of what it says change no hash either.
                Same(BundleCodec.Decode(forged, out Digest other), MadeBundles.Draw(8));
                other.ShouldBe(hash, $"byte {at}");
            }
            catch (BundleFormatException)
            {
                continue;
            }
        }
    }

    [Fact]
    public void A_file_cut_short_or_with_more_behind_it_is_refused()
    {
        byte[] file = BundleCodec.Encode(MadeBundles.Draw(9), out _);
        for (int length = 0; length < file.Length; length++)
        {
            BundleFormatException cut = Should.Throw<BundleFormatException>(() => BundleCodec.Decode(file.AsSpan(0, length), out _), $"{length} bytes");
            cut.Defect.ShouldBe(length < 10 ? BundleDefect.NotABundle : BundleDefect.Damaged);
        }
        Should.Throw<BundleFormatException>(() => BundleCodec.Decode([.. file, 0], out _)).What.ShouldBe("file length");
    }

    [Fact]
    public void Something_else_and_a_later_format_are_told_apart_from_damage()
    {
        byte[] file = BundleCodec.Encode(MadeBundles.Draw(9), out _);
        Should.Throw<BundleFormatException>(() => BundleCodec.Decode("{\"prices\": []}"u8, out _)).Defect.ShouldBe(BundleDefect.NotABundle);
        file[8] = 2;
        Should.Throw<BundleFormatException>(() => BundleCodec.Decode(file, out _)).Defect.ShouldBe(BundleDefect.UnknownVersion);
    }

    [Theory]
    [InlineData(8, 0x7FFFFFFF, "vehicles")]
    [InlineData(8, -1, "vehicles")]
    [InlineData(12, 0x7FFFFFFF, "slots")]
    [InlineData(12, 32_000, "slots")]
    [InlineData(16, 0x7FFFFFFF, "past slots")]
    [InlineData(16, 32_000, "past slots")]
    [InlineData(20, 0x7FFFFFFF, "rounds")]
    [InlineData(20, 100_000, "rounds")]
    [InlineData(20, 0, "rounds")]
    [InlineData(24, -1, "lowered needs")]
    [InlineData(28, 4, "status")]
    [InlineData(72, 0, "unit")]
    [InlineData(84, 1, "reserved")]
    public void A_header_that_claims_what_is_not_there_is_refused_before_anything_is_allocated(int at, int value, string what)
    {
        var forged = new ForgedBundle(BundleCodec.Encode(MadeBundles.Draw(11), out _));
        BinaryPrimitives.WriteInt32LittleEndian(forged.Header.AsSpan(at), value);
        byte[] file = forged.File();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Should.Throw<BundleFormatException>(() => BundleCodec.Decode(file, out _), what).Defect.ShouldBe(BundleDefect.Damaged);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(3_000_000);
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(10u)]
    [InlineData(1u << 26)]
    [InlineData(uint.MaxValue)]
    public void A_body_of_another_length_than_claimed_is_refused(uint claimed)
    {
        byte[] file = new ForgedBundle(BundleCodec.Encode(MadeBundles.Draw(11), out _)) { ClaimedBody = claimed }.File();
        Should.Throw<BundleFormatException>(() => BundleCodec.Decode(file, out _)).What.ShouldBe("body length");
    }

    [Fact]
    public void A_body_of_anything_under_a_hash_that_fits_is_read_or_refused_and_never_a_fault()
    {
        var random = new SplitMix64(5);
        int refused = 0;
        for (int k = 0; k < 3_000; k++)
        {
            var forged = new ForgedBundle(BundleCodec.Encode(MadeBundles.Draw(3), out _));
            int changes = 1 + random.NextInt(4);
            for (int c = 0; c < changes; c++)
            {
                byte[] part = random.NextInt(4) == 0 ? forged.Header : forged.Body;
                part[random.NextInt(part.Length)] = (byte)random.NextInt(256);
            }
            if (random.NextInt(5) == 0) forged.Body = forged.Body[..random.NextInt(forged.Body.Length)];
            try
            {
                BundleCodec.Decode(forged.File(), out _);
            }
            catch (BundleFormatException)
            {
                refused++;
            }
        }
        refused.ShouldBeInRange(500, 2_999);
    }

    [Fact]
    public void A_bundle_has_one_hash_however_it_was_compressed()
    {
        byte[] file = BundleCodec.Encode(MadeBundles.Draw(12), out Digest hash);
        byte[] stored = new ForgedBundle(file).File(CompressionLevel.NoCompression);
        stored.ShouldNotBe(file);
        BundleCodec.Decode(stored, out Digest other);
        other.ShouldBe(hash);
    }

    [Fact]
    public void Parts_that_do_not_fit_together_are_not_written()
    {
        PlanBundle good = MadeBundles.Draw(13);
        foreach (PlanBundle bad in (PlanBundle[])
        [
            good with { VehicleCount = good.VehicleCount + 1 }, good with { Id = string.Empty }, good with { Id = new string('ä', 33) }, good with { Prices = good.Prices[1..] },
            good with { Blocks = [.. good.Blocks.Skip(1)] }, good with { AfterKw = [double.NaN, .. good.AfterKw[1..]] }, good with { Units = default }, good with { DayOfSlot = [1, .. good.DayOfSlot[1..]] },
            good with { Efficiency = 0 }, good with { Status = 4 },
        ])
        {
            Should.Throw<ArgumentException>(() => BundleCodec.Encode(bad, out _));
        }
    }

    [Fact]
    public void Ranks_of_every_kind_come_back_from_a_round()
    {
        var random = new SplitMix64(6);
        for (int k = 0; k < 100; k++)
        {
            int slots = 1 + random.NextInt(30);
            double[] prices = MadeBundles.Numbers(ref random, slots);
            // Levels, ends of the range, and prices at which nobody charges or everybody does.
            for (int t = 0; t < slots; t++) prices[t] = random.NextInt(3) switch { 0 => Math.Round(2 * prices[t]) / 2, 1 => prices[t] / 10, _ => prices[t] + random.NextInt(2) };
            PlanBundle bundle = MadeBundles.Draw(1, slots, 0, 1, 0) with { Rounds = [PriceRanks.OfPrices(prices, .15 + random.NextUnit(), MadeBundles.Units)] };
            SameRanks(BundleCodec.Decode(BundleCodec.Encode(bundle, out _), out _).Rounds[0], bundle.Rounds[0]);
        }
    }

    private static void Same(PlanBundle read, PlanBundle bundle)
    {
        (read with { DayOfSlot = bundle.DayOfSlot, Prices = bundle.Prices, LoadKw = bundle.LoadKw, AfterKw = bundle.AfterKw, PastLoadKw = bundle.PastLoadKw, Rounds = bundle.Rounds, Blocks = bundle.Blocks, Rows = bundle.Rows }).ShouldBe(bundle);
        read.DayOfSlot.ShouldBe(bundle.DayOfSlot);
        read.Prices.ShouldBe(bundle.Prices);
        read.LoadKw.ShouldBe(bundle.LoadKw);
        read.AfterKw.ShouldBe(bundle.AfterKw);
        read.PastLoadKw.ShouldBe(bundle.PastLoadKw);
        read.Blocks.ShouldBe(bundle.Blocks);
        read.Rows.ShouldBe(bundle.Rows);
        read.Rounds.Count.ShouldBe(bundle.Rounds.Count);
        for (int r = 0; r < read.Rounds.Count; r++) SameRanks(read.Rounds[r], bundle.Rounds[r]);
    }

    private static void SameRanks(PriceRanks read, PriceRanks written)
    {
        read.Charge.ToArray().ShouldBe(written.Charge.ToArray());
        read.Discharge.ToArray().ShouldBe(written.Discharge.ToArray());
        read.Free.ShouldBe(written.Free);
    }
}
