using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace FlexiAI.Cli;

/// <summary>Makes an answer that is not the one hoped for into words.</summary>
/// <param name="Address">Where it came from.</param>
/// <param name="Key">The key that was sent, never to be shown; null for none.</param>
internal sealed record RemoteRefusal(Uri Address, string? Key)
{
    public RemoteException Of(HttpStatusCode status, MediaTypeHeaderValue? type, string body)
    {
        var problem = RemoteJson.Read(body, FlexiAI.StatusJson.Default.StatusProblem)?.Error;
        var code = string.Create(CultureInfo.InvariantCulture, $"HTTP {(int)status}");
        var words = Words(problem?.Message);
        return status switch
        {
            HttpStatusCode.Unauthorized => new(RemoteProblem.Refused, Key is null
                ? $"{Address} asks for an admin key ({code}); allowed: one in the environment variable {AdminKey.Variable}."
                : $"{Address} does not accept the key in {AdminKey.Variable} ({code}); allowed: an admin key of that gateway."),
            HttpStatusCode.Forbidden => new(RemoteProblem.Refused, $"{Address} refuses ({code}){words}"),
            HttpStatusCode.NotFound when problem is { Code: "provider_not_found" } => new(RemoteProblem.UnknownName, $"{Address}{words}"),
            HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError => new(RemoteProblem.Unavailable, $"{Address} cannot do it now ({code}){words}"),
            _ => Foreign($"{code}, {type?.MediaType ?? "no content type"}"),
        };
    }

    public RemoteException Foreign(string evidence) =>
        new(RemoteProblem.Foreign, $"{Address} is no FlexiAI gateway of this version ({evidence}); allowed: the address of one that runs, as flexiai serve tells it.");

    public RemoteException Unreachable(string reason) =>
        new(RemoteProblem.Unavailable, $"{Address} is not reachable ({reason.TrimEnd('.')}). To start a gateway: flexiai serve");

    // Whoever answers may repeat what was sent.
    private string Words(string? message) =>
        string.IsNullOrWhiteSpace(message) ? "." : $": {Printable.Line(Key is null ? message : message.Replace(Key, "…", StringComparison.Ordinal))}";
}
