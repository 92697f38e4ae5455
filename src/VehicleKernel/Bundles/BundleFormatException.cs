namespace Movc.VehicleKernel.Bundles;

/// <summary>The bytes are no plan bundle, or a damaged one.</summary>
/// <param name="defect">In what way.</param>
/// <param name="what">What was looked at, as "bundle hash".</param>
/// <param name="expected">What should stand there.</param>
/// <param name="found">What stands there.</param>
public sealed class BundleFormatException(BundleDefect defect, string what, string expected, string found)
    : Exception($"{what}: expected {expected}, found {found}")
{
    /// <summary>In what way.</summary>
    public BundleDefect Defect { get; } = defect;

    /// <summary>What was looked at.</summary>
    public string What { get; } = what;

    /// <summary>What should stand there.</summary>
    public string Expected { get; } = expected;

    /// <summary>What stands there.</summary>
    public string Found { get; } = found;
}
