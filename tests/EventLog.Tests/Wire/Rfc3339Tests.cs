using System.Globalization;
using System.Text;
using Movc.EventLog.Wire;

namespace Movc.EventLog.Tests.Wire;

public sealed class Rfc3339Tests
{
    [Theory]
    [InlineData("2022-07-18T00:00:00Z", "2022-07-18T00:00:00.000Z")]
    [InlineData("2022-07-18T08:00:00+08:00", "2022-07-18T00:00:00.000Z")]
    [InlineData("2022-07-17T20:30:00.5-03:30", "2022-07-18T00:00:00.500Z")]
    [InlineData("2022-07-18T00:00:00.999999Z", "2022-07-18T00:00:00.999Z")]
    [InlineData("1969-12-31T23:59:59.999Z", "1969-12-31T23:59:59.999Z")]
    [InlineData("2024-02-29T23:59:59.001Z", "2024-02-29T23:59:59.001Z")]
    [InlineData("2022-07-18t00:00:00.250z", "2022-07-18T00:00:00.250Z")]
    public void Instants_are_read_with_any_offset(string text, string utc)
    {
        Rfc3339.TryParse(Encoding.ASCII.GetBytes(text), out long ms).ShouldBeTrue();
        ms.ShouldBe(DateTimeOffset.ParseExact(utc, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal).ToUnixTimeMilliseconds());
    }

    [Theory]
    [InlineData("")]
    [InlineData("2022-07-18")]
    [InlineData("2022-07-18T00:00:00")]
    [InlineData("2022-07-18T00:00:00.000")]
    [InlineData("2022-07-18 00:00:00.000Z")]
    [InlineData("2022-13-18T00:00:00.000Z")]
    [InlineData("2023-02-29T00:00:00.000Z")]
    [InlineData("2022-07-18T24:00:00.000Z")]
    [InlineData("2022-07-18T00:60:00.000Z")]
    [InlineData("0000-07-18T00:00:00.000Z")]
    [InlineData("2022-07-18T00:00:00.00xZ")]
    [InlineData("2022-07-18T00:00:00+99:00")]
    [InlineData("18 July 2022 at midnight, UTC")]
    [InlineData("2022-07-18T00:00:00.0000000000000000000000000000000000Z")]
    public void What_is_no_instant_is_refused(string text)
    {
        Rfc3339.TryParse(Encoding.ASCII.GetBytes(text), out _).ShouldBeFalse();
    }

    [Fact]
    public void What_is_written_is_read_back_and_random_bytes_never_throw()
    {
        var random = new Random(9);
        Span<byte> text = stackalloc byte[Rfc3339.Length];
        for (int n = 0; n < 5000; n++)
        {
            long ms = random.NextInt64(-62_135_596_800_000, 253_402_300_800_000);
            Rfc3339.Format(ms, text);
            Rfc3339.TryParse(text, out long back).ShouldBeTrue();
            back.ShouldBe(ms);
            // One byte changed must give an instant or a refusal, not an exception.
            text[random.Next(text.Length)] = (byte)random.Next(256);
            if (Rfc3339.TryParse(text, out long other)) other.ShouldBeInRange(-62_135_596_800_000, 253_402_300_799_999);
        }
    }
}
