package chat.starling.gateway.harness;

import com.linecorp.armeria.common.TlsKeyPair;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;

/** A certificate that signed itself, and its key, in files. */
public record Pem(Path certificate, Path key) {

  /** Makes one for localhost in this folder. */
  public static Pem selfSigned(Path folder) throws IOException, CertificateEncodingException {
    TlsKeyPair pair = TlsKeyPair.ofSelfSigned("localhost");
    X509Certificate certificate = pair.certificateChain().getFirst();
    Files.createDirectories(folder);
    return new Pem(
        write(folder.resolve("certificate.pem"), "CERTIFICATE", certificate.getEncoded()),
        write(folder.resolve("key.pem"), "PRIVATE KEY", pair.privateKey().getEncoded()));
  }

  private static Path write(Path file, String label, byte[] bytes) throws IOException {
    String text = Base64.getMimeEncoder().encodeToString(bytes);
    return Files.writeString(
        file, "-----BEGIN %s-----%n%s%n-----END %s-----%n".formatted(label, text, label));
  }
}
