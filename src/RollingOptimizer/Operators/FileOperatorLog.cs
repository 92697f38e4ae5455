using System.Text;
using System.Text.Json;
using Movc.Domain;
using Movc.Domain.Operators;

namespace Movc.RollingOptimizer.Operators;

/// <summary>The operators' log in a file, a line of JSON each.</summary>
/// <param name="path">The file; made with the first line.</param>
/// <param name="isOurs">Whether this program writes it; else another may be writing to it now.</param>
public sealed class FileOperatorLog(string path, bool isOurs = true) : IOperatorLog
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
        if (isOurs) CutTornLine();
        var entries = new List<OperatorEntry>();
        string text = ReadShared();
        // What follows the last line's end is torn, or under way.
        string[] lines = text.Split('\n');
        for (int n = 0; n < lines.Length - 1; n++)
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

    private string ReadShared()
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file, Encoding.UTF8);
        return reader.ReadToEnd();
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
