namespace Movc.RollingOptimizer.Flexibility;

/// <summary>Slots of a horizon in which something is to be delivered.</summary>
/// <param name="From">First slot.</param>
/// <param name="To">End, exclusive.</param>
internal readonly record struct DeliveryWindow(int From, int To)
{
    public int Slots => To - From;
}
