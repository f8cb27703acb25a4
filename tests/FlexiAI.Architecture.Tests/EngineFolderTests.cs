using System.Reflection;
using ArchUnitNET.Domain;
using ArchUnitNET.Loader;

namespace FlexiAI.Tests;

public class EngineFolderTests
{
    private static readonly Architecture Engine = new ArchLoader().LoadAssemblies(typeof(FlexiClient).Assembly).Build();

    // Each folder may use itself and those before it.
    private static readonly string[] Layers =
        ["Circuits", "Failures", "Sharing", "Providers", "Diagnostics", "Failover", "Streaming", "PassThrough", SourceTree.RootFolder, "DependencyInjection"];

    [Fact]
    public void Every_type_of_the_engine_is_found_in_a_known_folder()
    {
        var folders = Engine.Types.Where(IsOurs).Select(FolderOf).Distinct().ToList();

        Assert.Equal(Layers.Order(), folders.Order());
        Assert.Contains(Arrows(), arrow => arrow is { From: "Failover", To: "Circuits" });
    }

    [Fact]
    public void Circuits_know_no_other_folder() =>
        Assert.Empty(Arrows().Where(arrow => arrow.From == "Circuits" && arrow.To != "Circuits").Select(arrow => arrow.Text));

    [Fact]
    public void Folders_use_only_those_below_them_so_there_is_no_cycle() =>
        Assert.Empty(Arrows().Where(arrow => Array.IndexOf(Layers, arrow.To) > Array.IndexOf(Layers, arrow.From)).Select(arrow => arrow.Text));

    [Fact]
    public void Nothing_but_Circuits_sees_what_a_circuit_is_made_of()
    {
        string[] parts = ["CircuitSnapshot", "CircuitRules", "CircuitTransitionQueue", "CircuitFailure"];

        Assert.Empty(Arrows().Where(arrow => arrow.From != "Circuits" && parts.Contains(arrow.Target)).Select(arrow => arrow.Text));
    }

    [Fact]
    public void Every_field_of_a_circuit_is_private() => Assert.Empty(
        from type in typeof(FlexiClient).Assembly.GetTypes()
        where SourceTree.FolderOfType.GetValueOrDefault(type.Name) == "Circuits" && !type.IsEnum
        from field in type.GetFields(BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
        where !field.IsPrivate && !field.IsLiteral && !field.IsInitOnly
        select $"{type.Name}.{field.Name}");

    [Fact]
    public void Circuits_do_no_io_and_start_no_task_or_timer()
    {
        string[] banned = ["System.IO", "System.Net", "System.Threading.Tasks", "System.Threading.Timer", "System.Threading.ITimer", "Microsoft.Extensions.AI"];

        Assert.Empty(
            from type in Engine.Types
            where IsOurs(type) && FolderOf(type) == "Circuits"
            from dependency in type.Dependencies
            where banned.Any(name => dependency.Target.FullName.StartsWith(name, StringComparison.Ordinal))
            select $"{type.FullName} -> {dependency.Target.FullName}");
    }

    private static IEnumerable<(string From, string To, string Target, string Text)> Arrows() =>
        from type in Engine.Types
        where IsOurs(type)
        from dependency in type.Dependencies
        where IsOurs(dependency.Target)
        let target = OuterName(dependency.Target)
        select (FolderOf(type), FolderOf(dependency.Target), target, $"{type.FullName} ({FolderOf(type)}) -> {target} ({FolderOf(dependency.Target)})");

    private static bool IsOurs(IType type) => SourceTree.FolderOfType.ContainsKey(OuterName(type));

    private static string FolderOf(IType type) => SourceTree.FolderOfType[OuterName(type)];

    // A nested or compiler-made type belongs to the type around it.
    private static string OuterName(IType type)
    {
        var name = type.FullName[(type.FullName.LastIndexOf('.') + 1)..];
        if (!type.FullName.StartsWith("FlexiAI.", StringComparison.Ordinal) && !type.FullName.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal))
        {
            return "";
        }

        return name.Split('+', '/', '`', '<')[0];
    }
}
