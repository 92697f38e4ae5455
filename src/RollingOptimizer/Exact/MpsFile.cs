using System.Globalization;
using System.IO.Compression;
using System.Text;
using Movc.Domain;
using Movc.Domain.Dispatch;

namespace Movc.RollingOptimizer.Exact;

/// <summary>
/// The dispatch as a free-format MPS file, for any solver. Names: rows obj, load_k, energy_i_t, peak_k; columns over_k, under_k, level_d,
/// height_d, slack_k, charge_i_t, discharge_i_t, stored_i_t, with k counting past slots first, i the vehicle's index and t the slot. kW and kWh.
/// </summary>
public static class MpsFile
{
    /// <summary>Largest instance that is written, plugged vehicle-slots: about 1 GB of text.</summary>
    public const long MaxPluggedCells = 5_000_000;

    /// <summary>Writes the file; a name that ends in .gz is compressed.</summary>
    /// <exception cref="InputException">The instance is too large or no dispatch problem.</exception>
    public static MpsSize Write(DispatchInstance instance, string path, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(instance);
        long cells = DispatchLp.PluggedCells(instance);
        if (cells > MaxPluggedCells)
        {
            throw new InputException(string.Create(
                CultureInfo.InvariantCulture,
                $"export-mps: {cells:N0} plugged vehicle-slots, at most {MaxPluggedCells:N0} are written; give an instance of fewer vehicles or slots"));
        }
        DispatchLp lp = DispatchLp.Build(instance, 1);
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16);
        using Stream target = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionLevel.Fastest) : file;
        using var text = new StreamWriter(target, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 1 << 16) { NewLine = "\n" };
        new MpsText(lp, text).Write(cancellationToken);
        return new MpsSize(lp.Rows, lp.Columns, lp.Fleet.Infeasible.Count);
    }
}
