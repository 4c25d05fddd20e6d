package chat.starling.devstack.issuer;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenIssuerTest {

  private static final Instant NOW = Instant.parse("2026-05-01T10:00:00.7Z");
  private static final InstantSource TIME = InstantSource.fixed(NOW);

  private final TokenIssuer issuer = TokenIssuer.withNewKey(TIME);

  @Test
  void token_ofUser_saysWhoAndForHowLong() throws Exception {
    var claims = SignedJWT.parse(issuer.issue("alice").token()).getJWTClaimsSet();
    assertThat(claims.getIssuer()).isEqualTo(TokenIssuer.ISSUER);
    assertThat(claims.getAudience()).containsExactly(TokenIssuer.AUDIENCE);
    assertThat(claims.getSubject()).isEqualTo(Long.toString(TokenIssuer.userId("alice")));
    assertThat(claims.getStringClaim("name")).isEqualTo("alice");
    assertThat(claims.getClaim("workspaces")).isEqualTo(List.of(1L));
    assertThat(claims.getIssueTime()).isEqualTo(Instant.parse("2026-05-01T10:00:00Z"));
    assertThat(claims.getExpirationTime()).isEqualTo(Instant.parse("2026-05-01T22:00:00Z"));
  }

  @Test
  void token_ofAFounder_saysOfWhichWorkspaces() throws Exception {
    var plain = SignedJWT.parse(issuer.issue("alice").token()).getJWTClaimsSet();
    assertThat(plain.getClaims()).doesNotContainKey("founder");
    TokenRequest request = TokenRequest.of("alice").withFounder(List.of(1L, 7L));
    var claims = SignedJWT.parse(issuer.issue(request).token()).getJWTClaimsSet();
    assertThat(claims.getClaim("founder")).isEqualTo(List.of(1L, 7L));
  }

  @Test
  void token_signedHere_verifiesWithPublishedKeyOnly() throws Exception {
    var token = SignedJWT.parse(issuer.issue("alice").token());
    assertThat(token.getHeader().getKeyID()).startsWith(TokenIssuer.KEY_ID_PREFIX);
    assertThat(token.verify(verifier(issuer, token))).isTrue();
    var foreign = SignedJWT.parse(TokenIssuer.withNewKey(TIME).issue("alice").token());
    assertThat(foreign.verify(verifier(issuer, token))).isFalse();
  }

  @Test
  void publishedKeys_holdNoPrivatePart() {
    assertThat(issuer.jwks()).contains("\"x\"").doesNotContain("\"d\"");
  }

  @Test
  void token_ofPastLifetime_hasExpired() throws Exception {
    var request = TokenRequest.of("alice").withLifetime(Duration.ofSeconds(-5));
    var claims = SignedJWT.parse(issuer.issue(request).token()).getJWTClaimsSet();
    assertThat(claims.getExpirationTime()).isBefore(NOW);
  }

  @Test
  void userId_ofName_isStableAndSafeInJavaScript() {
    assertThat(TokenIssuer.userId("alice")).isEqualTo(TokenIssuer.userId("alice"));
    assertThat(TokenIssuer.userId("alice")).isEqualTo(0x2bd806c97f0e0L);
    assertThat(TokenIssuer.userId("bob")).isBetween(1L, (1L << 52) - 1);
  }

  @Test
  void key_keptInFile_isReadAgainAndPrivate(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("issuer/key.json");
    String first = TokenIssuer.withKeyFrom(file, TIME).jwks();
    assertThat(TokenIssuer.withKeyFrom(file, TIME).jwks()).isEqualTo(first);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  private static ECDSAVerifier verifier(TokenIssuer issuer, SignedJWT token) throws Exception {
    ECKey key = (ECKey) JWKSet.parse(issuer.jwks()).getKeyByKeyId(token.getHeader().getKeyID());
    return new ECDSAVerifier(key);
  }
}
