using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace FlexiAI;

/// <summary>Decides who may enter an endpoint.</summary>
internal sealed class GatewayAccess(IOptions<GatewayOptions> options)
{
    private readonly ClientKeySet _clients = new(options.Value.ClientKeys ?? []);
    private readonly ClientKeySet _admins = new(options.Value.AdminKeys ?? []);

    /// <summary>Whether callers need a key. Where they do not, only this machine is served.</summary>
    public bool NeedsClientKey => !_clients.IsEmpty;

    /// <summary>Whether nobody may enter admin endpoints: clients have keys, and admins none.</summary>
    public bool AdminIsClosed => NeedsClientKey && _admins.IsEmpty;

    /// <summary>Whether admin endpoints ask for a key.</summary>
    public bool NeedsAdminKey => !_admins.IsEmpty;

    /// <returns>Why the request may not enter; null where it may.</returns>
    public WireError? Check(HttpContext context, AccessLevel level, out string? keyId)
    {
        keyId = null;
        return level switch
        {
            AccessLevel.Anyone => null,
            AccessLevel.Client => NeedsClientKey ? Client(context, out keyId) : OpenDoor.Check(context),
            _ when AdminIsClosed => new(
                StatusCodes.Status403Forbidden, "admin_disabled", "Status, dashboard and operations are closed: Gateway:AdminKeys has no key."),
            _ => NeedsAdminKey ? Admin(context, out keyId) : OpenDoor.Check(context),
        };
    }

    private WireError? Client(HttpContext context, out string? keyId)
    {
        var presented = PresentedKey.Read(context.Request.Headers, admin: false);
        keyId = presented.Key is { } key ? _clients.Find(key) : null;
        return keyId is null ? NotKnown(presented) : null;
    }

    private WireError? Admin(HttpContext context, out string? keyId)
    {
        var presented = PresentedKey.Read(context.Request.Headers, admin: true);
        keyId = presented.Key is { } key ? _admins.Find(key) : null;
        if (keyId is not null)
        {
            return null;
        }

        return presented.Key is { } other && _clients.Find(other) is not null
            ? new(StatusCodes.Status403Forbidden, "admin_key_required", "A client's key does not open this endpoint; it takes an admin key.")
            : NotKnown(presented);
    }

    private static WireError NotKnown(PresentedKey presented) =>
        new(StatusCodes.Status401Unauthorized, "invalid_api_key", presented.Problem ?? "The key is not valid.");
}

/// <summary>Who may enter an endpoint.</summary>
internal enum AccessLevel
{
    Anyone,
    Client,
    Admin,
}
