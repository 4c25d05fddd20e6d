package chat.starling.gateway.rpc;

import chat.starling.platform.settings.Setting;
import chat.starling.platform.settings.SettingsException;
import com.linecorp.armeria.common.TlsKeyPair;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;

/** Where clients come in, through Envoy: gRPC, gRPC-Web and HTTP/JSON, in clear text or by TLS. */
public record PublicSettings(
    @Setting(value = "address to listen on", byDefault = "127.0.0.1") String host,
    @Setting(
            value = "port to listen on; 0 for any free one",
            byDefault = "7410",
            min = 0,
            max = 65535)
        int port,
    @Setting(
            value = "connections at most; Envoy needs one for each of its threads",
            byDefault = "20000",
            min = 1,
            max = 10_000_000)
        int maxConnections,
    @Setting(
            value =
                "PEM file of the certificate chain, its own first, under which this port speaks"
                    + " TLS; empty for clear text",
            byDefault = "")
        Path certificate,
    @Setting(value = "PEM file of the private key to it, PKCS#8, not encrypted", byDefault = "")
        Path key) {

  private static final Path NONE = Path.of("");

  /** Checks what a single setting cannot. */
  public PublicSettings {
    requireTogether("certificate", certificate, "key", key);
    requireTogether("key", key, "certificate", certificate);
  }

  /**
   * What to speak TLS with, read anew; empty for clear text.
   *
   * @throws SettingsException when a file cannot be used, naming it
   */
  public Optional<TlsKeyPair> tls() {
    return certificate.equals(NONE)
        ? Optional.empty()
        : Optional.of(new PemPair("public.certificate", certificate, "public.key", key).read());
  }

  InetSocketAddress address() {
    return new InetSocketAddress(host, port);
  }

  private static void requireTogether(String name, Path path, String other, Path otherPath) {
    if (path.equals(NONE) && !otherPath.equals(NONE)) {
      throw new IllegalArgumentException(
          name + ": empty (expected: a PEM file, since public." + other + " is " + otherPath + ")");
    }
  }
}
