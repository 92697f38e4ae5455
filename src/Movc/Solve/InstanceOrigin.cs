using System.Text.Json.Serialization;

namespace Movc.Solve;

/// <summary>Which instance a result is of: where it came from, and the hash of what it says.</summary>
/// <param name="Folder">Folder it was read from or written to, as a full path; null where it exists only as drawn.</param>
/// <param name="Synthetic">How it was drawn; null where it was read.</param>
/// <param name="Sha256">Hash of the instance (docs/solve.md).</param>
internal sealed record InstanceOrigin(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Folder,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] SyntheticChoice? Synthetic,
    string Sha256);
