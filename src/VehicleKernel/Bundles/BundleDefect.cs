namespace Movc.VehicleKernel.Bundles;

/// <summary>Why bytes are not a bundle that can be read.</summary>
public enum BundleDefect : byte
{
    /// <summary>Something else than a plan bundle.</summary>
    NotABundle = 0,

    /// <summary>A bundle of a format that this version does not read.</summary>
    UnknownVersion = 1,

    /// <summary>A bundle that was cut short or changed.</summary>
    Damaged = 2,
}
