using System.Text;
using System.Text.Json;
using Movc.Domain;
using Movc.Domain.Operators;

namespace Movc.RollingOptimizer.Operators;

/// <summary>The operators' log in a file, a line of JSON each.</summary>
/// <param name="path">The file; made with the first line.</param>
public sealed class FileOperatorLog(string path) : IOperatorLog
{
    public void Append(OperatorEntry entry)
    {
        using var file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read);
        file.Write(Encoding.UTF8.GetBytes(OperatorLines.Write(entry) + "\n"));
        file.Flush(flushToDisk: true);
    }

    public IReadOnlyList<OperatorEntry> Read()
    {
        if (!File.Exists(path)) return [];
        CutTornLine();
        var entries = new List<OperatorEntry>();
        string[] lines = File.ReadAllLines(path);
        for (int n = 0; n < lines.Length; n++)
        {
            try
            {
                entries.Add(OperatorLines.Read(lines[n]));
            }
            catch (JsonException e)
            {
                throw new InputException($"{path}:{n + 1}: not a line of the operators' log ({e.Message}); restore the file, or move it away to begin without holds", e);
            }
        }
        return entries;
    }

    /// <summary>The line under way when the machine failed was never answered for.</summary>
    private void CutTornLine()
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read);
        long end = file.Length;
        for (; end > 0; end--)
        {
            file.Position = end - 1;
            if (file.ReadByte() == '\n') break;
        }
        if (end < file.Length) file.SetLength(end);
    }
}
