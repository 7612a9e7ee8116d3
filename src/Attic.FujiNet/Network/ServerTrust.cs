using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Attic.FujiNet.Network;

/// <summary>Whom TLS trusts: the platform's roots and, for tests, one certificate more. A name that does not fit is never trusted.</summary>
public sealed class ServerTrust
{
    private readonly X509Certificate2? _extra;

    /// <summary>Trust.</summary>
    /// <param name="extra">A root that is trusted as well; null for none.</param>
    public ServerTrust(X509Certificate2? extra = null)
    {
        _extra = extra;
    }

    /// <summary>Reads the additional root from a file (PEM).</summary>
    /// <param name="path">The file; empty for none.</param>
    public static ServerTrust FromFile(string path) => new(string.IsNullOrEmpty(path) ? null : X509CertificateLoader.LoadCertificateFromFile(path));

    /// <summary>Judges a server's certificate.</summary>
    public bool Accepts(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.None)
        {
            return true;
        }

        if (errors != SslPolicyErrors.RemoteCertificateChainErrors || _extra is null || certificate is null)
        {
            return false;
        }

        using var own = new X509Chain();
        own.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        own.ChainPolicy.CustomTrustStore.Add(_extra);
        own.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        if (chain is not null)
        {
            own.ChainPolicy.ExtraStore.AddRange(chain.ChainPolicy.ExtraStore);
        }

        using var copy = new X509Certificate2(certificate);
        return own.Build(copy);
    }
}
