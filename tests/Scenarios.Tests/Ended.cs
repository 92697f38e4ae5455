using System.Text.Json;

namespace Movc.Scenarios.Tests;

/// <summary>How a child ended and what it said.</summary>
internal sealed record Ended(int Code, string Out, string Error)
{
    /// <summary>Its run summary; it must have ended well and said nothing else on standard output.</summary>
    public JsonElement Summary()
    {
        Code.ShouldBe(0, Error);
        using JsonDocument document = JsonDocument.Parse(Out);
        return document.RootElement.Clone();
    }

    /// <summary>It failed with the code, one line on standard error, nothing on standard output; the line.</summary>
    public string Complaint(int code)
    {
        Code.ShouldBe(code, Error);
        Out.ShouldBeEmpty();
        string line = Error.Trim();
        line.ShouldStartWith("movc: ");
        line.ShouldNotContain("\n");
        Error.ShouldNotContain("   at ");
        return line;
    }
}
