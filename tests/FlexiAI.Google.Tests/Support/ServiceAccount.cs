using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace FlexiAI.Tests;

/// <summary>The key of a service account that nobody knows, for a token endpoint of the test's own.</summary>
internal static class ServiceAccount
{
    private static readonly string Pem = NewKey();

    public static string KeyLine => Pem.Split('\n')[1];

    public static string Json(string tokenUrl, string? privateKey = null) => new JsonObject
    {
        ["type"] = "service_account",
        ["project_id"] = "my-project",
        ["private_key_id"] = "key-1",
        ["private_key"] = privateKey ?? Pem,
        ["client_email"] = "tester@my-project.iam.gserviceaccount.com",
        ["client_id"] = "1",
        ["token_uri"] = tokenUrl,
    }.ToJsonString();

    private static string NewKey()
    {
        using var key = RSA.Create(2048);
        return key.ExportPkcs8PrivateKeyPem();
    }
}
