using System.Text.Json;

namespace Movc.Browser.Tests.Support;

/// <summary>What the page must show for an answer of GET /api/v1/city: a value for every element, worked out here anew.</summary>
internal static class ExpectedReadings
{
    /// <summary>Shenzhen, which has had no summer time since 1991.</summary>
    private static readonly TimeSpan CityOffset = TimeSpan.FromHours(8);

    /// <summary>By test id: a string, a double, a <see cref="Near"/>, or null for unknown.</summary>
    public static IReadOnlyDictionary<string, object?> Of(JsonElement answer, string pvdrDefinition = "overValley")
    {
        JsonElement frame = answer.GetProperty("frame"), load = frame.GetProperty("load"), counts = frame.GetProperty("counts"),
            plan = frame.GetProperty("plan"), pvdr = frame.GetProperty("pvdr"), quality = frame.GetProperty("quality"), audit = plan.GetProperty("audit");
        (double shaving, double filling) = DayEffect(answer);
        var expected = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["mode"] = frame.GetProperty("mode").GetString(),
            ["speed"] = Number(frame, "speed"),
            ["city-time"] = (double)frame.GetProperty("at").GetDateTimeOffset().ToUnixTimeMilliseconds(),
            ["connection"] = "live",
            ["load-original-kw"] = Number(load, "originalKw"),
            ["load-charge-only-kw"] = Number(load, "chargeOnlyKw"),
            ["load-after-kw"] = Number(load, "afterKw"),
            ["load-effect-kw"] = Number(load, "afterKw") - Number(load, "chargeOnlyKw"),
            ["pvdr-original"] = Number(pvdr.GetProperty("original"), pvdrDefinition),
            ["pvdr-charge-only"] = Number(pvdr.GetProperty("chargeOnly"), pvdrDefinition),
            ["pvdr-after"] = Number(pvdr.GetProperty("after"), pvdrDefinition),
            ["peak-shaving-kw"] = shaving,
            ["valley-filling-kw"] = filling,
            ["count-registered"] = Number(counts, "registered"),
            ["count-plugged"] = Number(counts, "plugged"),
            ["count-available"] = Number(counts, "available"),
            ["count-charging"] = Number(counts, "charging"),
            ["count-discharging"] = Number(counts, "discharging"),
            ["departures"] = Number(counts, "departures"),
            ["departures-under-promise"] = Number(counts, "departuresUnderPromise"),
            ["events-accepted"] = Number(counts, "eventsAccepted"),
            ["events-duplicate"] = Number(counts, "eventsDuplicate"),
            ["dead-letters"] = Number(counts, "eventsDeadLettered"),
            ["plan-status"] = plan.GetProperty("status").GetString(),
            ["plan-gap"] = Number(plan, "gap"),
            ["plan-objective-kw"] = Number(plan, "objectiveKw"),
            ["plan-bound-kw"] = Number(plan, "boundKw"),
            ["plan-seconds"] = Number(plan, "seconds"),
            // The page goes on counting between two frames.
            ["plan-age"] = new Near(Number(plan, "ageSeconds")!.Value, 3),
            ["plan-vehicles"] = Number(plan, "vehicles"),
            ["plan-setpoints"] = Number(plan, "setpointsChanged"),
            ["audit-checked"] = Number(audit, "checked"),
            ["audit-findings"] = Number(audit, "findings"),
            ["quality-overall"] = quality.GetProperty("overall").GetString(),
        };
        JsonElement flexibility = counts.GetProperty("flexibility");
        JsonElement rests = counts.GetProperty("quality").GetProperty("power");
        foreach (string share in (string[])["measured", "stale", "imputed"]) expected[$"load-{share}"] = Number(rests, share);
        expected["flexibility-charge-kw"] = Number(flexibility, "chargeKw");
        expected["flexibility-discharge-kw"] = Number(flexibility, "dischargeKw");
        expected["shards-held"] = (double)counts.GetProperty("holdings").EnumerateArray().Count(h => h.GetProperty("holder").GetString() is not "");
        double cars = counts.GetProperty("places").EnumerateObject().Sum(p => p.Value.GetDouble());
        foreach (JsonProperty place in counts.GetProperty("places").EnumerateObject())
        {
            // Where nobody told is shown only if there is such a vehicle.
            if (place.Name is not "unknown" || place.Value.GetInt32() > 0) expected["place-" + place.Name] = place.Value.GetDouble() / cars;
        }
        if (frame.GetProperty("state").GetString() is "finished") expected["banner"] = "neutral";
        foreach (JsonProperty share in quality.GetProperty("vehiclesByQuality").EnumerateObject())
        {
            if (share.Value.GetInt32() > 0) expected["quality-" + share.Name] = share.Value.GetDouble();
        }
        foreach (JsonProperty reason in counts.GetProperty("deadLettersByReason").EnumerateObject()) expected["dead-letters-" + reason.Name] = reason.Value.GetDouble();
        return expected;
    }

    /// <summary>Peak shaved and valley filled over the intervals of the frame's day, gone and planned.</summary>
    private static (double Shaving, double Filling) DayEffect(JsonElement answer)
    {
        JsonElement history = answer.GetProperty("history"), horizon = answer.GetProperty("frame").GetProperty("horizon");
        DateTimeOffset at = answer.GetProperty("frame").GetProperty("at").GetDateTimeOffset();
        var day = new SortedDictionary<DateTimeOffset, (double ChargeOnly, double After)>();
        foreach (JsonElement curves in new[] { horizon, history })
        {
            DateTimeOffset start = curves.GetProperty("startAt").GetDateTimeOffset();
            int minutes = curves.GetProperty("slotMinutes").GetInt32();
            JsonElement chargeOnly = curves.GetProperty("chargeOnlyKw"), after = curves.GetProperty("afterKw");
            for (int i = 0; i < chargeOnly.GetArrayLength(); i++)
            {
                DateTimeOffset slot = start.AddMinutes(i * minutes);
                if (slot.ToOffset(CityOffset).Date == at.ToOffset(CityOffset).Date) day[slot] = (chargeOnly[i].GetDouble(), after[i].GetDouble());
            }
        }
        return (day.Values.Max(v => v.ChargeOnly) - day.Values.Max(v => v.After), day.Values.Min(v => v.After) - day.Values.Min(v => v.ChargeOnly));
    }

    private static double? Number(JsonElement element, string name) =>
        element.GetProperty(name) is { ValueKind: JsonValueKind.Number } number ? number.GetDouble() : null;

    /// <summary>A number that goes on changing while it is looked at.</summary>
    internal sealed record Near(double Value, double Within);
}
