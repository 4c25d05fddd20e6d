package chat.starling.gateway.rpc;

import chat.starling.platform.settings.SettingsException;
import com.linecorp.armeria.common.TlsKeyPair;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.util.List;

/**
 * A certificate and its private key in two PEM files, each named by the path of a setting.
 *
 * @param certificateSetting of the certificate chain
 * @param keySetting of the key
 */
record PemPair(String certificateSetting, Path certificate, String keySetting, Path key) {

  private static final byte[] SAMPLE = "sample".getBytes(StandardCharsets.US_ASCII);

  /**
   * Reads both and checks that they belong together.
   *
   * @throws SettingsException naming setting and file
   */
  TlsKeyPair read() {
    requireReadable(certificateSetting, certificate);
    requireReadable(keySetting, key);
    requireCertificates();
    TlsKeyPair pair = parse();
    PublicKey shown = pair.certificateChain().getFirst().getPublicKey();
    if (!belong(pair.privateKey(), shown)) {
      throw wrong(keySetting, key, "the private key to " + certificate);
    }
    return pair;
  }

  private TlsKeyPair parse() {
    try {
      return TlsKeyPair.of(key.toFile(), certificate.toFile());
    } catch (RuntimeException e) {
      throw wrong(keySetting, key, "a private key in PEM, PKCS#8, not encrypted");
    }
  }

  private void requireCertificates() {
    try (var in = Files.newInputStream(certificate)) {
      if (!CertificateFactory.getInstance("X.509").generateCertificates(in).isEmpty()) {
        return;
      }
    } catch (Exception e) {
      // answered below, together with a file without any
    }
    throw wrong(certificateSetting, certificate, "certificates in PEM");
  }

  private static void requireReadable(String setting, Path file) {
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      throw wrong(setting, file, "a file that can be read");
    }
  }

  private static boolean belong(PrivateKey key, PublicKey shown) {
    try {
      String algorithm =
          switch (key.getAlgorithm()) {
            case "EC" -> "SHA256withECDSA";
            case "RSA" -> "SHA256withRSA";
            default -> key.getAlgorithm();
          };
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(key);
      signature.update(SAMPLE);
      byte[] signed = signature.sign();
      signature.initVerify(shown);
      signature.update(SAMPLE);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static SettingsException wrong(String setting, Path file, String expected) {
    return new SettingsException(List.of(setting + ": " + file + " (expected: " + expected + ")"));
  }
}
