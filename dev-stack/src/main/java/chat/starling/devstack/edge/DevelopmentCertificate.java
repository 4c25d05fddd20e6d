package chat.starling.devstack.edge;

import chat.starling.devstack.PrivateFile;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * The certificate under which Envoy, or a gateway, speaks TLS on a developer's machine: a leaf for
 * localhost, 127.0.0.1 and ::1, and the authority that signed it and nothing else, whose own key is
 * thrown away.
 */
public final class DevelopmentCertificate {

  /** What clients trust. */
  public static final String AUTHORITY = "ca.pem";

  /** What the server shows. */
  public static final String CERTIFICATE = "certificate.pem";

  /** The private key to it, readable by its owner alone. */
  public static final String KEY = "key.pem";

  private static final Duration LIFETIME = Duration.ofDays(365);
  private static final Duration LEEWAY = Duration.ofDays(1);
  private static final Duration RENEW_BEFORE = Duration.ofDays(30);
  private static final X500Name AUTHORITY_NAME = new X500Name("CN=Starling development authority");
  private static final X500Name LEAF_NAME = new X500Name("CN=localhost");

  private final Instant now;

  private DevelopmentCertificate(Instant now) {
    this.now = now;
  }

  /** Sees to it that the three files are in this folder and good for another 30 days. */
  public static void ensure(Path folder, InstantSource time) {
    var maker = new DevelopmentCertificate(time.instant());
    try {
      if (!maker.goodIn(folder)) {
        maker.make(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException | OperatorCreationException e) {
      throw new IllegalStateException("the development certificate could not be made", e);
    }
  }

  private boolean goodIn(Path folder) throws IOException {
    Path certificate = folder.resolve(CERTIFICATE);
    if (Files.notExists(certificate)
        || Files.notExists(folder.resolve(AUTHORITY))
        || Files.notExists(folder.resolve(KEY))) {
      return false;
    }
    try (var in = Files.newInputStream(certificate)) {
      var leaf = (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
      return leaf.getNotAfter().toInstant().isAfter(now.plus(RENEW_BEFORE));
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private void make(Path folder)
      throws IOException, GeneralSecurityException, OperatorCreationException {
    Files.createDirectories(folder);
    KeyPair authority = newKey();
    KeyPair leaf = newKey();
    PrivateFile.write(folder.resolve(KEY), pem(new JcaPKCS8Generator(leaf.getPrivate(), null)));
    Files.writeString(folder.resolve(AUTHORITY), pem(authorityCertificate(authority)));
    Files.writeString(folder.resolve(CERTIFICATE), pem(leafCertificate(leaf, authority)));
  }

  private X509Certificate authorityCertificate(KeyPair key)
      throws GeneralSecurityException, OperatorCreationException, CertIOException {
    var builder = builder(AUTHORITY_NAME, key);
    builder
        .addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
        .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign))
        .addExtension(
            Extension.subjectKeyIdentifier,
            false,
            new JcaX509ExtensionUtils().createSubjectKeyIdentifier(key.getPublic()));
    return sign(builder, key);
  }

  private X509Certificate leafCertificate(KeyPair key, KeyPair authority)
      throws GeneralSecurityException, OperatorCreationException, CertIOException {
    var names =
        new GeneralNames(
            new GeneralName[] {
              new GeneralName(GeneralName.dNSName, "localhost"),
              new GeneralName(GeneralName.iPAddress, "127.0.0.1"),
              new GeneralName(GeneralName.iPAddress, "::1"),
            });
    var extensions = new JcaX509ExtensionUtils();
    var builder = builder(LEAF_NAME, key);
    builder
        .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
        .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
        .addExtension(
            Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth))
        .addExtension(Extension.subjectAlternativeName, false, names)
        .addExtension(
            Extension.authorityKeyIdentifier,
            false,
            extensions.createAuthorityKeyIdentifier(authority.getPublic()));
    return sign(builder, authority);
  }

  private X509v3CertificateBuilder builder(X500Name subject, KeyPair key) {
    return new JcaX509v3CertificateBuilder(
        AUTHORITY_NAME,
        new BigInteger(120, new SecureRandom()).setBit(0),
        Date.from(now.minus(LEEWAY)),
        Date.from(now.plus(LIFETIME)),
        subject,
        key.getPublic());
  }

  private static X509Certificate sign(X509v3CertificateBuilder builder, KeyPair signer)
      throws GeneralSecurityException, OperatorCreationException {
    var content = new JcaContentSignerBuilder("SHA256withECDSA").build(signer.getPrivate());
    return new JcaX509CertificateConverter().getCertificate(builder.build(content));
  }

  private static KeyPair newKey() throws GeneralSecurityException {
    var generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  private static String pem(Object thing) throws IOException {
    var text = new StringWriter();
    try (var writer = new JcaPEMWriter(text)) {
      writer.writeObject(thing);
    }
    return text.toString();
  }
}
