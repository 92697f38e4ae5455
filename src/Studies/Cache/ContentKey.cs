using System.Security.Cryptography;
using System.Text;

namespace Movc.Studies.Cache;

/// <summary>A name for whatever a text describes in full: equal texts, equal names.</summary>
internal static class ContentKey
{
    /// <summary>First 32 hexadecimal digits of SHA-256 over the lines.</summary>
    public static string Of(params ReadOnlySpan<string> lines)
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string line in lines) sha.AppendData(Encoding.UTF8.GetBytes(line + "\n"));
        return Convert.ToHexStringLower(sha.GetHashAndReset().AsSpan(0, 16));
    }
}
