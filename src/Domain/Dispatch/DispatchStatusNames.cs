namespace Movc.Domain.Dispatch;

/// <summary>The names by which files and people know a status; never changed.</summary>
public static class DispatchStatusNames
{
    public static string Of(DispatchStatus status) => status switch
    {
        DispatchStatus.Solved => "solved",
        DispatchStatus.Repaired => "repaired",
        DispatchStatus.LooseGap => "loose-gap",
        _ => "empty",
    };
}
