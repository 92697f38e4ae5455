using System.Text;

namespace Movc.Studies.Output;

/// <summary>Writes texts as all results are written: UTF-8 without a mark.</summary>
internal static class TextFile
{
    public static void Write(string folder, string file, string text) =>
        File.WriteAllText(Path.Combine(folder, file), text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
}
