using System.Diagnostics;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace FlexiAI;

/// <summary>What the gateway knows of a request that has entered.</summary>
/// <param name="id">What the request is called towards caller, logs and telemetry.</param>
internal sealed class GatewayRequest(string id)
{
    public const string IdHeader = "x-flexiai-request-id";

    /// <summary>The trace's id where there is one, else 128 random bits; hex digits alone. What a caller calls its request is not taken over.</summary>
    public string Id { get; } = id;

    /// <summary>What the caller's key is called: the first eight digits of its hash. Null where no key was asked for.</summary>
    public string? KeyId { get; set; }

    /// <summary>What is known of the request, made and told to the caller if it was not yet.</summary>
    public static GatewayRequest Of(HttpContext context)
    {
        if (context.Features.Get<GatewayRequest>() is { } known)
        {
            return known;
        }

        var trace = Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity ? activity.TraceId.ToHexString() : null;
        var request = new GatewayRequest(trace ?? RandomNumberGenerator.GetHexString(32, lowercase: true));
        context.Features.Set(request);
        context.Response.Headers[IdHeader] = request.Id;
        return request;
    }
}
