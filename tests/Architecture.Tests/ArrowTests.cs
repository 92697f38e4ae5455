using System.Reflection;
using System.Text.RegularExpressions;
using Movc.Architecture.Tests.Rules;

namespace Movc.Architecture.Tests;

public class ArrowTests
{
    [Fact]
    public void Project_files_follow_the_arrows()
    {
        (string From, string To)[] references = [.. ProductProjects().SelectMany(p => Arrows.OfProjectFile(Repository.Read(p.Path)).Projects.Select(to => (p.Name, to)))];
        references.Length.ShouldBeGreaterThan(10);
        Arrows.Violations(references).ShouldBeEmpty();
    }

    [Fact]
    public void Every_project_of_src_has_arrows_and_is_there()
    {
        ProductProjects().Select(p => p.Name).Order(StringComparer.Ordinal).ShouldBe(Arrows.Allowed.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Compiled_assemblies_follow_the_arrows()
    {
        (string From, string To)[] references =
            [.. Arrows.Allowed.Keys.SelectMany(name => References(name).Where(IsOurs).Select(to => (Product(name), Product(to))))];
        references.Length.ShouldBeGreaterThan(10);
        Arrows.Violations(references).ShouldBeEmpty();
    }

    [Fact]
    public void Domain_stands_on_the_base_class_library_alone() => StandsAlone("Domain");

    [Fact]
    public void The_vehicle_kernel_stands_on_the_base_class_library_alone() => StandsAlone("VehicleKernel");

    [Fact]
    public void The_audit_does_not_name_the_solver_anywhere()
    {
        string[] sources = [.. Repository.ProductSources.Where(f => f.StartsWith("src/Audit/", StringComparison.Ordinal))];
        sources.ShouldNotBeEmpty();
        sources.Where(f => NamesTheSolver(Repository.Read(f))).ShouldBeEmpty();
    }

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        string solution = Repository.Read("Movc.sln").Replace('\\', '/');
        Repository.Files.Where(f => f.EndsWith(".csproj", StringComparison.Ordinal)).Where(f => !IsInSolution(solution, f)).ShouldBeEmpty();
    }

    [Fact]
    public void A_planted_arrow_is_found()
    {
        Arrows.Violations([("Movc.Domain", "Movc.EventLog")]).ShouldBe(["Movc.Domain must not know Movc.EventLog"]);
        Arrows.Violations([("Movc.Ingest", "Movc.TwinState"), ("Movc.Ingest", "Movc.Domain")]).ShouldBe(["Movc.Ingest must not know Movc.TwinState"]);
        Arrows.Violations([("Movc.Audit", "Movc.RollingOptimizer")]).ShouldHaveSingleItem();
        Arrows.Violations([("Movc.Audit", "Movc.VehicleKernel")]).ShouldHaveSingleItem();
        Arrows.Violations([("Movc.VehicleKernel", "Movc.Domain")]).ShouldHaveSingleItem();
        Arrows.Violations([("Movc.Gateway", "Movc")]).ShouldHaveSingleItem();
        Arrows.Violations([("Movc.New", "Movc.Domain")]).ShouldBe(["Movc.New is a part that no arrow speaks of"]);
        Arrows.Violations([("Movc", "Movc.Gateway"), ("Movc.Audit", "Movc.Domain")]).ShouldBeEmpty();
    }

    [Fact]
    public void A_planted_reference_is_read_from_a_project_file()
    {
        (string[] projects, string[] packages) = Arrows.OfProjectFile("""
            <Project Sdk="Microsoft.NET.Sdk">
              <ItemGroup Condition="'$(X)' == 'y'">
                <PackageReference Include="Some.Package" PrivateAssets="all" />
                <ProjectReference Include="..\TwinState\Movc.TwinState.csproj" />
                <FrameworkReference Include="Microsoft.AspNetCore.App" />
              </ItemGroup>
            </Project>
            """);
        projects.ShouldBe(["Movc.TwinState"]);
        packages.ShouldBe(["Some.Package", "Microsoft.AspNetCore.App"]);
        Arrows.IsBaseLibrary("Google.Protobuf").ShouldBeFalse();
        Arrows.IsBaseLibrary("Microsoft.AspNetCore.Http").ShouldBeFalse();
        NamesTheSolver("using Movc.RollingOptimizer.Solver;").ShouldBeTrue();
        NamesTheSolver("new DispatchSolver(options)").ShouldBeTrue();
        NamesTheSolver("using Movc.VehicleKernel.Storage;").ShouldBeTrue();
        NamesTheSolver("/// <summary>As any IDispatchSolver returns it.</summary>").ShouldBeFalse();
        IsInSolution("\"tests/X/X.csproj\"", "src/X/X.csproj").ShouldBeFalse();
    }

    private static IEnumerable<(string Name, string Path)> ProductProjects() =>
        Repository.Files.Where(f => f.StartsWith("src/", StringComparison.Ordinal) && f.EndsWith(".csproj", StringComparison.Ordinal))
            .Select(f => (Path.GetFileNameWithoutExtension(f), f));

    private static void StandsAlone(string part)
    {
        (string[] projects, string[] packages) = Arrows.OfProjectFile(Repository.Read($"src/{part}/Movc.{part}.csproj"));
        projects.ShouldBeEmpty();
        packages.ShouldBeEmpty();
        References($"Movc.{part}").Where(r => !Arrows.IsBaseLibrary(r)).ShouldBeEmpty();
    }

    private static bool IsInSolution(string solution, string project) => solution.Contains($"\"{project}\"", StringComparison.Ordinal);

    private static bool NamesTheSolver(string source) => Regex.IsMatch(source, @"RollingOptimizer|VehicleKernel|\bDispatchSolver", RegexOptions.None, TimeSpan.FromSeconds(5));

    private static string[] References(string project)
    {
        string file = string.Equals(project, "Movc", StringComparison.Ordinal) ? "movc" : project;
        return [.. Assembly.LoadFrom(Path.Combine(AppContext.BaseDirectory, file + ".dll")).GetReferencedAssemblies().Select(a => a.Name!)];
    }

    private static bool IsOurs(string assembly) => assembly.StartsWith("Movc.", StringComparison.Ordinal) || assembly is "movc";

    private static string Product(string assembly) => assembly is "movc" ? "Movc" : assembly;
}
