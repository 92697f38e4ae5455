using System.Text.Json;
using Movc.Domain.Queries;
using Movc.Gateway.Json;

namespace Movc.Gateway.Frames;

/// <summary>A composed frame with the history it was made from.</summary>
/// <param name="Frame">As composed.</param>
/// <param name="History">Realized intervals of yesterday and today; null before the first.</param>
/// <param name="PlanPublishedAt">Wall-clock time from which the plan's age counts; null without a plan.</param>
internal sealed record CityPicture(CityFrame Frame, LoadCurves? History, DateTimeOffset? PlanPublishedAt)
{
    /// <summary>The frame as it reads now.</summary>
    public CityFrame FrameAt(DateTimeOffset now) =>
        PlanPublishedAt is { } publishedAt ? CityFrameComposer.WithAge(Frame, publishedAt, now) : Frame;

    public EncodedFrame Encode(DateTimeOffset now) => new(JsonSerializer.SerializeToUtf8Bytes(FrameAt(now), GatewayJson.Options));

    /// <summary>The frame's bytes with the plan's age left out: equal for equal pictures.</summary>
    public byte[] Fingerprint() => JsonSerializer.SerializeToUtf8Bytes(
        Frame.Plan is null ? Frame : Frame with { Plan = Frame.Plan with { AgeSeconds = 0 } }, GatewayJson.Options);
}
