using System.Reflection;
using System.Runtime.CompilerServices;
using Movc.Architecture.Tests.Rules;

namespace Movc.Architecture.Tests;

public class SourceTests
{
    /// <summary>Files over 300 lines that read better whole. A new one needs a reason beside it.</summary>
    private static readonly string[] LongOnPurpose = [];

    [Fact]
    public void A_file_has_one_public_type_and_its_name()
    {
        Repository.ProductSources.Count().ShouldBeGreaterThan(100);
        Repository.ProductSources.SelectMany(f => SourceText.Shape(f, Repository.Read(f))).ShouldBeEmpty();
    }

    [Fact]
    public void Files_are_short()
    {
        Repository.Files.Where(f => f.EndsWith(".cs", StringComparison.Ordinal))
            .SelectMany(f => SourceText.Length(f, Repository.Read(f), LongOnPurpose)).ShouldBeEmpty();
        LongOnPurpose.Where(f => !Repository.Files.Contains(f, StringComparer.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public void Nothing_of_the_product_reads_the_wall_clock_or_draws_without_a_seed()
    {
        Repository.ProductSources.SelectMany(f => SourceText.Unrepeatable(f, Repository.Read(f))).ShouldBeEmpty();
    }

    [Fact]
    public void Public_classes_are_sealed_static_or_abstract()
    {
        Type[] types = [.. Arrows.Allowed.Keys.SelectMany(PublicTypes)];
        types.Length.ShouldBeGreaterThan(100);
        types.Where(IsOpen).ShouldBeEmpty();
    }

    [Fact]
    public void Planted_shapes_are_found()
    {
        SourceText.Shape("src/A.cs", "namespace X;\npublic sealed class A;\npublic sealed record B(int C);\n").ShouldBe(["src/A.cs: 2 public types: A, B", "src/A.cs: the public type is B"]);
        SourceText.Shape("src/A.cs", "namespace X;\npublic readonly record struct B(int C);\n").ShouldBe(["src/A.cs: the public type is B"]);
        SourceText.Shape("src/A.cs", "namespace X;\npublic delegate void B(int c);\n").ShouldBe(["src/A.cs: the public type is B"]);
        SourceText.Shape("src/A.cs", "namespace X\n{\n    public enum A { }\n}\n").ShouldBe(["src/A.cs: the namespace is a block, not file-scoped"]);
        SourceText.Shape("src/A.Part.cs", "namespace X;\npublic static partial class A;\n/*\npublic class B;\n*/\ninternal class C;\n").ShouldBeEmpty();
    }

    [Fact]
    public void Planted_lengths_are_found()
    {
        string Lines(int count) => new('\n', count);
        SourceText.Length("a", Lines(300), []).ShouldBeEmpty();
        SourceText.Length("a", Lines(301), []).ShouldHaveSingleItem();
        SourceText.Length("a", Lines(301), ["a"]).ShouldBeEmpty();
        SourceText.Length("a", Lines(501), ["a"]).ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("var t = DateTime.Now;")]
    [InlineData("var t = DateTimeOffset . UtcNow;")]
    [InlineData("var r = new Random();")]
    [InlineData("int n = Random.Shared.Next();")]
    [InlineData("var id = Guid.NewGuid();")]
    [InlineData("Thread.Sleep(10);")]
    public void A_planted_clock_or_draw_is_found(string code) => SourceText.Unrepeatable("a", code).ShouldHaveSingleItem();

    [Theory]
    [InlineData("// DateTime.Now is banned")]
    [InlineData("/* new Random() */ var r = new Random(17);")]
    [InlineData("var s = \"DateTime.Now \\\" Guid.NewGuid\";")]
    [InlineData("var t = clock.GetUtcNow();")]
    public void Prose_about_the_clock_is_none(string code) => SourceText.Unrepeatable("a", code).ShouldBeEmpty();

    [Fact]
    public void A_planted_open_class_is_found()
    {
        IsOpen(typeof(Open)).ShouldBeTrue();
        IsOpen(typeof(SourceText)).ShouldBeFalse();
        IsOpen(typeof(IDisposable)).ShouldBeFalse();
        IsOpen(typeof(KeyValuePair<int, int>)).ShouldBeFalse();
    }

    /// <summary>Neither sealed, nor static, nor abstract, nor a value, nor made by the compiler (as the class around top-level statements).</summary>
    private static bool IsOpen(Type type) =>
        type is { IsSealed: false, IsAbstract: false, FullName: not "Program" } && type.GetCustomAttribute<CompilerGeneratedAttribute>() is null;

    private static Type[] PublicTypes(string project)
    {
        string file = string.Equals(project, "Movc", StringComparison.Ordinal) ? "movc" : project;
        return Assembly.LoadFrom(Path.Combine(AppContext.BaseDirectory, file + ".dll")).GetExportedTypes();
    }

    internal class Open;
}
