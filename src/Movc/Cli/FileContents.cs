using System.Security.Cryptography;

namespace Movc.Cli;

/// <summary>Names files by what is in them: another file under the same name is another city.</summary>
internal static class FileContents
{
    /// <summary>First 12 hexadecimal digits of the file's SHA-256.</summary>
    public static string Of(string path) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)))[..12];
}
