using System.Linq.Expressions;
using System.Reflection;

namespace FlexiAI.Tests;

/// <summary>Each property of each provider type either makes its client another one, or is known to need none.</summary>
public sealed class IdentityTests
{
    private static readonly string[] Soft =
    [
        nameof(ProviderOptions.Name), nameof(ProviderOptions.Priority), nameof(ProviderOptions.Timeout), nameof(ProviderOptions.FirstTokenTimeout),
        nameof(ProviderOptions.IdleTimeout), nameof(ProviderOptions.MaxRetries), nameof(ProviderOptions.AcceptsPrefill),
    ];

    public static TheoryData<Type, string> Properties => new(
        from reference in Assembly.GetExecutingAssembly().GetReferencedAssemblies()
        where reference.Name!.StartsWith("FlexiAI.", StringComparison.Ordinal)
        from type in Assembly.Load(reference).GetExportedTypes()
        where type.IsSubclassOf(typeof(ProviderOptions)) && !type.IsAbstract
        from property in type.GetProperties()
        where property.SetMethod is { IsPublic: true }
        select (type, property.Name));

    [Theory]
    [MemberData(nameof(Properties))]
    public void A_change_of_a_property_needs_another_client_unless_it_is_one_that_never_does(Type type, string name)
    {
        var (before, same, after) = (Create(type), Create(type), Create(type));
        var property = type.GetProperty(name)!;
        property.SetValue(after, Another(property.PropertyType, property.GetValue(before)));

        Assert.True(before.NeedsSameClientAs(same));
        Assert.Equal(Soft.Contains(name), before.NeedsSameClientAs(after));
    }

    private static ProviderOptions Create(Type type) => (ProviderOptions)Activator.CreateInstance(type)!;

    private static object Another(Type type, object? value) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        { } t when t == typeof(string) => value + "other",
        { } t when t == typeof(bool) => value is not true,
        { } t when t == typeof(int) => (value as int? ?? 0) + 1,
        { } t when t == typeof(TimeSpan) => (value as TimeSpan? ?? TimeSpan.Zero) + TimeSpan.FromSeconds(1),
        { } t when t == typeof(Dictionary<string, string>) => new Dictionary<string, string> { ["a"] = "b" },
        { } t when t.IsSubclassOf(typeof(Delegate)) => Delegate(t),
        var t => throw new NotSupportedException($"{t} is a type of property that this test cannot change yet."),
    };

    private static Delegate Delegate(Type type)
    {
        var invoke = type.GetMethod("Invoke")!;
        var parameters = invoke.GetParameters().Select(parameter => Expression.Parameter(parameter.ParameterType));
        return Expression.Lambda(type, Expression.Default(invoke.ReturnType), parameters).Compile();
    }
}
