using System.Globalization;
using Movc.Domain.Dispatch;

namespace Movc.Audit;

/// <summary>Counts every fault, words only the first: a plan that is wrong everywhere must not cost a gigabyte of text.</summary>
internal sealed class FindingLog(DispatchInstance instance, int keep)
{
    private readonly List<AuditFinding> _findings = [];

    public long Count { get; private set; }

    public IReadOnlyList<AuditFinding> Findings => _findings;

    public void Add(AuditFindingKind kind, FormattableString message) => Add(kind, vehicle: null, slot: null, message);

    public void Add(AuditFindingKind kind, int? vehicle, int? slot, FormattableString message)
    {
        Count++;
        if (_findings.Count >= keep) return;
        string text = message.ToString(CultureInfo.InvariantCulture);
        string where = (vehicle, slot) switch
        {
            ({ } v, { } t) => string.Create(CultureInfo.InvariantCulture, $"vehicle {Name(v)}, slot {t}: "),
            ({ } v, null) => $"vehicle {Name(v)}: ",
            (null, { } t) => string.Create(CultureInfo.InvariantCulture, $"slot {t}: "),
            _ => string.Empty,
        };
        _findings.Add(new AuditFinding(kind, vehicle, slot, where + text));
    }

    private string Name(int vehicle) =>
        instance.VehicleIds is { } ids && vehicle >= 0 && vehicle < ids.Count ? ids[vehicle] : vehicle.ToString(CultureInfo.InvariantCulture);
}
