using System.Globalization;
using System.Text;
using Movc.Domain.Queries;
using Movc.Domain.Time;
using Movc.Gateway.Json;

namespace Movc.Gateway.Http;

/// <summary>Load curves as CSV: comma, decimal dot, one row per interval, empty where there is no number.</summary>
internal static class LoadCurvesCsv
{
    public const string MediaType = "text/csv";
    public const string Header = "start,startLocal,originalKw,chargeOnlyKw,afterKw";

    public static string Write(LoadCurves curves, ICityCalendar calendar)
    {
        var text = new StringBuilder(Header.Length + curves.OriginalKw.Count * 96).Append(Header).Append('\n');
        for (int i = 0; i < curves.OriginalKw.Count; i++)
        {
            DateTimeOffset start = curves.StartAt.ToUniversalTime().AddMinutes((double)i * curves.SlotMinutes);
            DateTimeOffset local = start.ToOffset(TimeSpan.FromMinutes(calendar.OffsetMinutes(start.ToUnixTimeMilliseconds())));
            text.Append(UtcTimeConverter.Format(start)).Append(',')
                .Append(local.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture)).Append(',');
            Append(text, curves.OriginalKw[i]).Append(',');
            Append(text, curves.ChargeOnlyKw[i]).Append(',');
            Append(text, curves.AfterKw[i]).Append('\n');
        }
        return text.ToString();
    }

    private static StringBuilder Append(StringBuilder text, double value) =>
        double.IsFinite(value) ? text.Append(CultureInfo.InvariantCulture, $"{value}") : text;
}
