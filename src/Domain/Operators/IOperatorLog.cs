namespace Movc.Domain.Operators;

/// <summary>Keeps what operators did; nothing is ever taken out.</summary>
public interface IOperatorLog
{
    /// <summary>Appends a line; returns when it is durable.</summary>
    void Append(OperatorEntry entry);

    /// <summary>All lines, oldest first.</summary>
    IReadOnlyList<OperatorEntry> Read();
}
