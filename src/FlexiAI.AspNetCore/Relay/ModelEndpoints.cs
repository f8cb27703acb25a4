using System.Buffers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace FlexiAI;

/// <summary>Tells which models can be asked for, as OpenAI's wire or Anthropic's does.</summary>
internal static class ModelEndpoints
{
    public static Task ListAsync(HttpContext http)
    {
        var names = Routes(http).Names();
        var body = new ArrayBufferWriter<byte>();
        if (IsAnthropic(http))
        {
            AnthropicModelList.Write(body, names, Created(http));
        }
        else
        {
            OpenAIModelList.Write(body, names, Created(http));
        }

        return WriteAsync(http, body);
    }

    public static Task FindAsync(HttpContext http)
    {
        var id = (string?)http.GetRouteValue("id") ?? "";
        var found = Routes(http).Names().Where(name => string.Equals(name.Id, id, StringComparison.OrdinalIgnoreCase)).ToList();
        if (found.Count == 0)
        {
            throw new GatewayException(new WireError(404, "model_not_found", $"The model \"{RelayErrors.Shorten(id)}\" is not known; GET /v1/models lists those that are."));
        }

        var body = new ArrayBufferWriter<byte>();
        if (IsAnthropic(http))
        {
            AnthropicModelList.WriteOne(body, found[0], Created(http));
        }
        else
        {
            OpenAIModelList.WriteOne(body, found[0].Id, found[0].OwnedBy, Created(http));
        }

        return WriteAsync(http, body);
    }

    private static GatewayRoutes Routes(HttpContext http) => http.RequestServices.GetRequiredService<GatewayRoutes>();

    // Both wires have this path; Anthropic's clients always name their version.
    private static bool IsAnthropic(HttpContext http) => http.Request.Headers.ContainsKey("anthropic-version");

    private static DateTimeOffset Created(HttpContext http) => http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();

    private static async Task WriteAsync(HttpContext http, ArrayBufferWriter<byte> body)
    {
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = body.WrittenCount;
        await http.Response.BodyWriter.WriteAsync(body.WrittenMemory, http.RequestAborted).ConfigureAwait(false);
    }
}
