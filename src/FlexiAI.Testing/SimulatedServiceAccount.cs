using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace FlexiAI.Testing;

/// <summary>A Google service account whose token endpoint is a <see cref="SimulatedProvider"/>.</summary>
public static class SimulatedServiceAccount
{
    /// <summary>Makes a service-account key file with a new RSA key and the provider's <see cref="SimulatedProvider.TokenUrl"/>.</summary>
    /// <param name="provider">A provider of the Google wire.</param>
    /// <param name="projectId">The project in the file.</param>
    /// <returns>The file's text, JSON.</returns>
    /// <exception cref="ArgumentException">The provider speaks another wire.</exception>
    public static string CreateJson(SimulatedProvider provider, string projectId = "simulated-project")
    {
        ArgumentNullException.ThrowIfNull(provider);
        ArgumentException.ThrowIfNullOrEmpty(projectId);
        if (provider.Wire != SimulatedWire.Google)
        {
            throw new ArgumentException($"Only a provider of the Google wire has a token endpoint, and '{provider.Name}' speaks {provider.Wire}.", nameof(provider));
        }

        using var key = RSA.Create(2048);
        return WireJson.ToText(new JsonObject
        {
            ["type"] = "service_account",
            ["project_id"] = projectId,
            ["private_key_id"] = "simulated",
            ["private_key"] = key.ExportPkcs8PrivateKeyPem(),
            ["client_email"] = $"simulated@{projectId}.iam.gserviceaccount.com",
            ["client_id"] = "100000000000000000000",
            ["token_uri"] = provider.TokenUrl,
        });
    }
}
