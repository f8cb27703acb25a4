using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace FlexiAI.Tests;

/// <summary>A server that also has a port on which it speaks TLS alone, with a certificate that nobody else has signed.</summary>
internal sealed class TlsServer : IAsyncDisposable
{
    private readonly string _folder;
    private readonly RedisServer _server;

    private TlsServer(string folder, RedisServer server, int port, string certificate) =>
        (_folder, _server, Endpoint, Certificate) = (folder, server, $"127.0.0.1:{port}", certificate);

    public string Endpoint { get; }

    /// <summary>The file that a client has to trust.</summary>
    public string Certificate { get; }

    public static async Task<TlsServer> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("flexiai-tls-").FullName;
        var (certificate, key) = (Path.Combine(folder, "certificate.pem"), Path.Combine(folder, "key.pem"));
        await WriteAsync(certificate, key);
        var port = FreePort.Find();
        var server = await RedisServer.StartAsync(
            "--tls-port", $"{port}", "--tls-cert-file", certificate, "--tls-key-file", key, "--tls-auth-clients", "no");
        return new TlsServer(folder, server, port, certificate);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static async Task WriteAsync(string certificate, string key)
    {
        using var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=127.0.0.1", pair, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        using var made = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        await File.WriteAllTextAsync(certificate, made.ExportCertificatePem());
        await File.WriteAllTextAsync(key, pair.ExportPkcs8PrivateKeyPem());
    }
}
