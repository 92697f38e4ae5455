using System.Text.Json;
using Movc.Domain.Metrics;
using Movc.Domain.Sources;
using Movc.Gateway.Json;

namespace Movc.Gateway.Tests;

public class JsonTests
{
    [Fact]
    public void What_is_not_a_number_is_null_and_comes_back_as_nan()
    {
        string text = JsonSerializer.Serialize(new Pvdr(double.NaN, double.PositiveInfinity), GatewayJson.Options);
        text.ShouldBe("""{"overValley":null,"overPeak":null}""");
        JsonSerializer.Deserialize<Pvdr>(text, GatewayJson.Options).OverValley.ShouldBe(double.NaN);
        JsonSerializer.Serialize(new double?[] { null, 1.5, double.NaN }, GatewayJson.Options).ShouldBe("[null,1.5,null]");
    }

    [Theory]
    [InlineData("2026-07-01T07:00:00Z", "2026-07-01T07:00:00Z")]
    [InlineData("2026-07-01T07:00:00.25Z", "2026-07-01T07:00:00.25Z")]
    [InlineData("2026-07-01T15:00:00+08:00", "2026-07-01T15:00:00+08:00")]
    public void Utc_ends_with_z_and_another_offset_is_kept(string given, string written)
    {
        var time = JsonSerializer.Deserialize<DateTimeOffset>($"\"{given}\"", GatewayJson.Options);
        JsonSerializer.Deserialize<string>(JsonSerializer.Serialize(time, GatewayJson.Options)).ShouldBe(written);
    }

    [Fact]
    public void Enums_are_words_and_numbers_are_not_taken_for_them()
    {
        JsonSerializer.Serialize(CityMode.Replay, GatewayJson.Options).ShouldBe("\"replay\"");
        Should.Throw<JsonException>(() => JsonSerializer.Deserialize<CityMode>("1", GatewayJson.Options));
    }
}
