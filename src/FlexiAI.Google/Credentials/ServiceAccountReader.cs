using Google.Apis.Auth.OAuth2;

namespace FlexiAI;

/// <summary>Makes a credential of a service account's key.</summary>
internal static class ServiceAccountReader
{
    public static async Task<GoogleCredential> ReadFileAsync(string path, CancellationToken cancellationToken)
    {
        string json;
        try
        {
            json = await File.ReadAllTextAsync(path, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new GoogleCredentialException(FailureKind.InvalidConfiguration, $"ServiceAccountFile cannot be read: {e.Message}");
        }

        return Read(json, nameof(VertexAIProvider.ServiceAccountFile));
    }

    public static GoogleCredential Read(string json, string property)
    {
        try
        {
            return CredentialFactory.FromJson<ServiceAccountCredential>(json).ToGoogleCredential();
        }
        catch (Exception e)
        {
            // The reasons quote the key at times, and so are not passed on.
            throw new GoogleCredentialException(
                FailureKind.InvalidConfiguration, $"{property} is not the JSON key of a service account ({e.GetType().Name}).");
        }
    }
}
