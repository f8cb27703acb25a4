using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace FlexiAI;

/// <summary>The endpoints of the callers' wires.</summary>
internal static class RelayEndpoints
{
    // What administers an account is not for whoever may ask its models.
    private static readonly string[] Accounts = ["organization", "organizations", "projects"];

    /// <summary>Maps them under <c>/v1</c>.</summary>
    public static RouteGroupBuilder MapRelay(this IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup("/v1");
        group.RequireClientKey();
        Post("/chat/completions", RelayEndpoint.Chat);
        Post("/embeddings", RelayEndpoint.Embeddings);
        Post("/responses", RelayEndpoint.Responses);
        Post("/messages", RelayEndpoint.Messages);
        group.MapPost("/{**path}", http => Other(http) is { } endpoint
            ? Handler(http).HandleAsync(http, endpoint)
            : throw RelayErrors.NotFound("There is no such endpoint.")).LimitConcurrency();
        group.MapGet("/models", ModelEndpoints.ListAsync);
        group.MapGet("/models/{**id}", ModelEndpoints.FindAsync);
        return group;

        void Post(string path, RelayEndpoint endpoint) => group.MapPost(path, http => Handler(http).HandleAsync(http, endpoint)).LimitConcurrency();
    }

    /// <summary>The wire of whoever asks for a path, also one that there is not; null outside of the wires' paths.</summary>
    public static CallerWire? WireOf(HttpContext http)
    {
        // They may be mounted under a prefix.
        var path = http.Request.Path.Value ?? "";
        return path.Contains("/v1/messages", StringComparison.OrdinalIgnoreCase) ? AnthropicCallerWire.Instance
            : path.Contains("/v1/", StringComparison.OrdinalIgnoreCase) ? OpenAICallerWire.Instance
            : null;
    }

    private static RelayHandler Handler(HttpContext http) => http.RequestServices.GetRequiredService<RelayHandler>();

    // The path is sent on, so only what is plainly one of an endpoint is.
    private static RelayEndpoint? Other(HttpContext http)
    {
        var path = $"/{http.GetRouteValue("path")}";
        var segments = path.Split('/')[1..];
        if (Accounts.Contains(segments[0], StringComparer.OrdinalIgnoreCase) || !segments.All(segment => segment.Length > 0 && segment.Any(char.IsAsciiLetterOrDigit) && segment.All(IsPlain)))
        {
            return null;
        }

        return path.StartsWith("/messages/", StringComparison.Ordinal) ? RelayEndpoint.OtherMessages(path) : RelayEndpoint.Other(path);
    }

    private static bool IsPlain(char letter) => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-' or '.';
}
