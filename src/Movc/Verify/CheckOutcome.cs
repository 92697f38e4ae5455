using System.Text.Json.Serialization;

namespace Movc.Verify;

/// <summary>What a check came to.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CheckOutcome>))]
internal enum CheckOutcome
{
    /// <summary>It holds.</summary>
    [JsonStringEnumMemberName("ok")]
    Ok,

    /// <summary>It does not hold.</summary>
    [JsonStringEnumMemberName("failed")]
    Failed,

    /// <summary>It could not be made; the note says why.</summary>
    [JsonStringEnumMemberName("not-made")]
    NotMade,
}
