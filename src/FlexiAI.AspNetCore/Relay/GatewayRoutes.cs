using Microsoft.Extensions.Options;

namespace FlexiAI;

/// <summary>Turns the model that a caller names into the entries that serve it.</summary>
internal sealed class GatewayRoutes
{
    /// <summary>The name that stands for all entries by priority.</summary>
    public const string Auto = "auto";

    private readonly FlexiClient _client;
    private IDictionary<string, IList<string>> _aliases;

    /// <param name="client">The entries.</param>
    /// <param name="options">The aliases.</param>
    /// <exception cref="OptionsValidationException">An alias is served by an entry that there is not.</exception>
    public GatewayRoutes(FlexiClient client, IOptions<GatewayOptions> options)
    {
        (_client, _aliases) = (client, options.Value.Models);
        List<string> problems = [.. GatewayOptionsValidation.ValidateAliases(options.Value, [.. client.Entries.Select(entry => entry.Name)])];
        if (problems.Count > 0)
        {
            throw new OptionsValidationException(nameof(GatewayOptions), typeof(GatewayOptions), problems);
        }
    }

    /// <summary>Takes other aliases from now on.</summary>
    public void UseAliases(IDictionary<string, IList<string>> aliases) => Volatile.Write(ref _aliases, aliases);

    /// <summary>Finds who serves a model: an alias, an entry by its name, all, or the entries of a model and then the others.</summary>
    /// <param name="model">The name as the caller gave it.</param>
    /// <param name="forEmbeddings">Whether it is to be a model for embeddings: of those no other can stand in for one.</param>
    /// <param name="route">The route; null for all by priority.</param>
    public bool TryFind(string model, bool forEmbeddings, out Route? route)
    {
        route = null;
        if (Volatile.Read(ref _aliases).TryGetValue(model, out var names))
        {
            route = Route.Of([.. names]);
            return true;
        }

        if (string.Equals(model, Auto, StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        foreach (var entry in _client.Entries)
        {
            if (string.Equals(entry.Name, model, StringComparison.OrdinalIgnoreCase))
            {
                route = Route.Of([entry.Name]);
                return true;
            }

            if (forEmbeddings ? entry.EmbeddingModel == model : entry.Model == model)
            {
                route = forEmbeddings ? Route.OfEmbeddingModel(model) : Route.OfModel(model);
            }
        }

        return route is not null;
    }

    /// <summary>Every name that can be asked for, and whose it is.</summary>
    public IEnumerable<(string Id, string OwnedBy)> Names()
    {
        var models = _client.Entries
            .SelectMany(entry => new[] { (Id: entry.Model, OwnedBy: entry.Options.Type), (Id: entry.EmbeddingModel, OwnedBy: entry.Options.Type) })
            .Where(model => !string.IsNullOrEmpty(model.Id))
            .Select(model => (model.Id!, model.OwnedBy));
        return Volatile.Read(ref _aliases).Keys.Append(Auto).Select(name => (name, "flexiai"))
            .Concat(models)
            .Concat(_client.Entries.Select(entry => (entry.Name, entry.Options.Type)))
            .DistinctBy(model => model.Item1, StringComparer.OrdinalIgnoreCase);
    }
}
