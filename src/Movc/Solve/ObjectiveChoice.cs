using Movc.Domain.Dispatch;
using Movc.RollingOptimizer.Solver;

namespace Movc.Solve;

/// <summary>Which objective a dispatch is solved for (docs/math/objectives.md).</summary>
/// <param name="Kind">flattest, plain or peak; null leaves it to the instance: peak where it has a peak weight, else flattest.</param>
/// <param name="PeakWeight">w, over 0 and under 1; null for <see cref="DefaultPeakWeight"/>, or the instance's own where it has one.</param>
internal sealed record ObjectiveChoice(string? Kind, double? PeakWeight)
{
    public const string Flattest = "flattest", Plain = "plain", Peak = "peak";

    /// <summary>[G] A larger weight lowered the peak of no fleet tried by much more, and passed more energy through batteries.</summary>
    public const double DefaultPeakWeight = .05;

    /// <summary>The instance with this objective.</summary>
    public DispatchInstance Of(DispatchInstance x) => Kind switch
    {
        null => x,
        Peak => x with { PeakWeight = PeakWeight ?? (x.PeakWeight > 0 ? x.PeakWeight : DefaultPeakWeight) },
        _ => x with { PeakWeight = 0 },
    };

    /// <summary>Peak weight of a run, whose instances bring none of their own.</summary>
    public double LivePeakWeight => Kind is Peak ? PeakWeight ?? DefaultPeakWeight : 0;

    public TieBreak TieBreak => Kind is Plain ? TieBreak.None : TieBreak.Flattest;

    /// <summary>The kind's name for an instance that was solved.</summary>
    public string NameFor(DispatchInstance x) => x.PeakWeight > 0 ? Peak : Kind is Plain ? Plain : Flattest;
}
