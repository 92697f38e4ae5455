namespace Movc.Domain.Dispatch;

/// <summary>Regenerates any vehicle's schedule of a finished dispatch.</summary>
public interface IScheduleSource
{
    /// <summary>Writes the vehicle's power, kW per slot, charging positive, into a span of length T.</summary>
    void Expand(int vehicle, Span<double> powerKw);
}
