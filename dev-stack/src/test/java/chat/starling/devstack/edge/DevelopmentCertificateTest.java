package chat.starling.devstack.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DevelopmentCertificateTest {

  private static final Instant NOW = Instant.parse("2026-05-01T10:00:00Z");

  @TempDir private Path folder;

  @BeforeEach
  void make() {
    DevelopmentCertificate.ensure(folder, InstantSource.fixed(NOW));
  }

  @Test
  void leaf_isForLocalhostAndSignedByTheAuthority() throws Exception {
    X509Certificate leaf = read(DevelopmentCertificate.CERTIFICATE);
    leaf.verify(read(DevelopmentCertificate.AUTHORITY).getPublicKey());
    leaf.checkValidity(Date.from(NOW));
    assertThat(leaf.getSubjectAlternativeNames().toString()).contains("localhost", "127.0.0.1");
  }

  @Test
  void key_isReadableByItsOwnerAlone() throws Exception {
    Path key = folder.resolve(DevelopmentCertificate.KEY);
    assertThat(Files.readString(key)).startsWith("-----BEGIN PRIVATE KEY-----");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
        .isEqualTo("rw-------");
  }

  @Test
  void certificate_stillGood_isKept() throws Exception {
    var before = read(DevelopmentCertificate.CERTIFICATE);
    DevelopmentCertificate.ensure(folder, InstantSource.fixed(NOW.plus(Duration.ofDays(300))));
    assertThat(read(DevelopmentCertificate.CERTIFICATE)).isEqualTo(before);
  }

  @Test
  void certificate_soonOver_isMadeAnew() throws Exception {
    Instant later = NOW.plus(Duration.ofDays(340));
    DevelopmentCertificate.ensure(folder, InstantSource.fixed(later));
    X509Certificate leaf = read(DevelopmentCertificate.CERTIFICATE);
    leaf.checkValidity(Date.from(later.plus(Duration.ofDays(300))));
    leaf.verify(read(DevelopmentCertificate.AUTHORITY).getPublicKey());
  }

  @Test
  void certificate_damaged_isMadeAnew() throws Exception {
    Files.writeString(folder.resolve(DevelopmentCertificate.CERTIFICATE), "garbage");
    DevelopmentCertificate.ensure(folder, InstantSource.fixed(NOW));
    assertThat(read(DevelopmentCertificate.CERTIFICATE)).isNotNull();
  }

  private X509Certificate read(String file) throws Exception {
    try (var in = Files.newInputStream(folder.resolve(file))) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
  }
}
