using Movc.Domain;
using Movc.VehicleKernel.Bundles;

namespace Movc.Verify;

/// <summary>A bundle on a disk.</summary>
/// <param name="Path">As it was given.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Hash">Its own hash: as recomputed, or as the file names it where it is damaged.</param>
/// <param name="Plan">What it says; null where it is damaged.</param>
/// <param name="Damage">What is wrong with it; null where nothing is.</param>
internal sealed record BundleFile(string Path, long Bytes, Digest Hash, PlanBundle? Plan, BundleFormatException? Damage)
{
    private const long MostBytes = 1 << 28;

    /// <summary>Reads a bundle, damaged ones too.</summary>
    /// <exception cref="InputException">There is no file, or it is no bundle of a format that this version reads.</exception>
    public static BundleFile Read(string path)
    {
        if (Directory.Exists(path)) throw new InputException($"{path}: a folder; name a bundle that movc solve --bundle wrote");
        var file = new FileInfo(path);
        if (!file.Exists) throw new InputException($"{path}: no such file; name a bundle that movc solve --bundle wrote");
        if (file.Length > MostBytes) throw new InputException($"{path}: {file.Length} bytes; a bundle has at most {MostBytes}");
        byte[] bytes = File.ReadAllBytes(path);
        try
        {
            PlanBundle plan = BundleCodec.Decode(bytes, out Digest hash);
            return new BundleFile(path, bytes.Length, hash, plan, null);
        }
        catch (BundleFormatException wrong) when (wrong.Defect == BundleDefect.Damaged)
        {
            return new BundleFile(path, bytes.Length, bytes.Length >= 52 ? BundleCodec.HashOf(bytes) : Digest.None, null, wrong);
        }
        catch (BundleFormatException wrong)
        {
            string remedy = wrong.Defect == BundleDefect.UnknownVersion ? "read it with the version of movc that wrote it" : "name a file that movc solve --bundle wrote";
            throw new InputException($"{path}: not a plan bundle ({wrong.Message}); {remedy}", wrong);
        }
    }

    /// <summary>Reads a bundle that must be whole.</summary>
    /// <exception cref="InputException">It is not.</exception>
    public static (PlanBundle Plan, Digest Hash) ReadWhole(string path)
    {
        BundleFile file = Read(path);
        return file.Plan is { } plan ? (plan, file.Hash) : throw new InputException($"{path}: damaged ({file.Damage!.Message}); get it again", file.Damage);
    }

    /// <summary>Writes a bundle so that it appears whole or not at all.</summary>
    public static void Write(string path, byte[] bytes)
    {
        string full = System.IO.Path.GetFullPath(path), part = $"{full}.{Environment.ProcessId}.part";
        try
        {
            File.WriteAllBytes(part, bytes);
            File.Move(part, full, overwrite: true);
        }
        finally
        {
            File.Delete(part);
        }
    }
}
