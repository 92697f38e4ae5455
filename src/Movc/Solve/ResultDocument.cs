using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Movc.Output;

namespace Movc.Solve;

/// <summary>result.json: what a solve came to. Objective and bound in kW with their 1/T.</summary>
internal sealed record ResultDocument
{
    public static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new NotANumberAsNull() },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip,
    };

    /// <summary>solved, repaired, loose-gap or empty.</summary>
    public required string Status { get; init; }

    public required double Objective { get; init; }

    /// <summary>flattest, plain or peak; null in a document of an earlier version.</summary>
    public string? ObjectiveKind { get; init; }

    /// <summary>Weight of each day's peak that the instance was solved with; null in a document of an earlier version.</summary>
    public double? PeakWeight { get; init; }

    public required double Bound { get; init; }

    public required double Gap { get; init; }

    /// <summary>From the parsed instance to the certificate, s.</summary>
    public required double Seconds { get; init; }

    /// <summary>Most memory that the process held, 10⁶ bytes.</summary>
    public required double PeakRssMb { get; init; }

    public required int Vehicles { get; init; }

    public required int Slots { get; init; }

    public required IReadOnlyList<InfeasibleEntry> Infeasible { get; init; }

    public required PvdrSummary PvdrOriginal { get; init; }

    public required PvdrSummary PvdrChargeOnly { get; init; }

    public required PvdrSummary PvdrAfter { get; init; }

    /// <summary>"structured" or "exact".</summary>
    public required string Method { get; init; }

    public required long Seed { get; init; }

    /// <summary>schedule.csv, rounds.bin, or none where there is no vehicle.</summary>
    public required string Schedules { get; init; }

    public required InstanceOrigin Instance { get; init; }

    /// <summary>The bundle that was written; null where none was.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public BundleOrigin? Bundle { get; init; }

    /// <param name="Vehicle">Id.</param>
    internal sealed record InfeasibleEntry(string Vehicle, string Reason, double WantedKwh, double ReachableKwh);

    private sealed class NotANumberAsNull : JsonConverter<double>
    {
        public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.Null ? double.NaN : reader.GetDouble();

        public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
        {
            if (double.IsFinite(value)) writer.WriteNumberValue(value);
            else writer.WriteNullValue();
        }

        public override bool HandleNull => true;
    }
}
