using System.Text.RegularExpressions;
using Movc.Domain.Events;

namespace Movc.Domain.Tests;

public sealed partial class DeadLetterReasonNamesTests
{
    /// <summary>Stored for ever, number and name: a line of this list may be added, none may change.</summary>
    private static readonly (int Number, string Name)[] Stored =
    [
        (0, "none"),
        (1, "undecodable"),
        (2, "unknown-type"),
        (3, "missing-field"),
        (4, "out-of-range"),
        (5, "unknown-vehicle"),
        (6, "already-registered"),
        (7, "not-plugged-in"),
        (8, "already-plugged-in"),
        (9, "time-backward"),
        (10, "sequence-too-old"),
        (11, "key-mismatch"),
        (12, "time-ahead"),
        (13, "too-late"),
        (20, "session-overlaps"),
        (21, "session-zero-length"),
        (22, "session-malformed"),
    ];

    [Fact]
    public void Numbers_and_names_are_those_that_are_stored() =>
        Enum.GetValues<DeadLetterReason>().Select(r => ((int)r, r.ToName())).ShouldBe(Stored);

    [Fact]
    public void Names_are_kebab_case_and_unique()
    {
        string[] names = [.. Enum.GetValues<DeadLetterReason>().Select(r => r.ToName())];
        names.ShouldBeUnique(StringComparer.Ordinal);
        names.ShouldAllBe(n => KebabCase().IsMatch(n));
    }

    [GeneratedRegex("^[a-z]+(-[a-z]+)*$", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex KebabCase();
}
