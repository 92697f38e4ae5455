namespace Movc.Recording;

/// <summary>One entry of a recording.</summary>
/// <param name="Name">In the file.</param>
/// <param name="Bytes">Unpacked.</param>
/// <param name="Sha256">Of the unpacked bytes, hexadecimal.</param>
internal sealed record RecordingPart(string Name, long Bytes, string Sha256);
