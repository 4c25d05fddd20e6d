package chat.starling.devstack.issuer;

import chat.starling.devstack.PrivateFile;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.ParseException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import java.util.UUID;

/**
 * Signs tokens for development with ES256. Gateways take them only where their settings say
 * development.
 */
public final class TokenIssuer {

  /** The claim {@code iss}: a name that can never belong to anybody. */
  public static final String ISSUER = "https://development.starling.invalid";

  /** The claim {@code aud}. */
  public static final String AUDIENCE = "starling";

  /**
   * How the id of each development key starts, so that a gateway elsewhere can tell and refuse it.
   */
  public static final String KEY_ID_PREFIX = "starling-development-";

  private static final int USER_ID_BITS = 52;

  private final ECKey key;
  private final InstantSource time;

  private TokenIssuer(ECKey key, InstantSource time) {
    this.key = key;
    this.time = time;
  }

  /** An issuer with a new key, which nobody trusts unless it is told to. */
  public static TokenIssuer withNewKey(InstantSource time) {
    return new TokenIssuer(newKey(), time);
  }

  /**
   * An issuer whose key is in this file; made, readable by its owner alone, when missing.
   *
   * @throws UncheckedIOException when the file cannot be written, or is not a key with its private
   *     half
   */
  public static TokenIssuer withKeyFrom(Path file, InstantSource time) {
    try {
      if (Files.notExists(file)) {
        PrivateFile.write(file, newKey().toJSONString());
      }
      return new TokenIssuer(ECKey.parse(Files.readString(file)), time);
    } catch (ParseException e) {
      throw new UncheckedIOException(
          new IOException(file + " holds no key (delete it to get a new one)", e));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A right token for this user. */
  public IssuedToken issue(String user) {
    return issue(TokenRequest.of(user));
  }

  /** A token that says what was asked for, right or wrong. */
  public IssuedToken issue(TokenRequest request) {
    Instant now = time.instant().truncatedTo(ChronoUnit.SECONDS);
    Instant expiry = now.plus(request.lifetime());
    long userId = userId(request.user());
    var claims =
        new JWTClaimsSet.Builder()
            .issuer(request.issuer())
            .audience(request.audience())
            .subject(Long.toString(userId))
            .claim("name", request.user())
            .claim("workspaces", request.workspaces())
            .claim("founder", request.founder().isEmpty() ? null : request.founder())
            .issueTime(Date.from(now))
            .expirationTime(Date.from(expiry))
            .build();
    return new IssuedToken(sign(claims), userId, expiry);
  }

  /** The public half of the key as a JSON Web Key Set. */
  public String jwks() {
    return new JWKSet(List.of(key.toPublicJWK())).toString();
  }

  /**
   * The user id of a name: the first 52 bits of its SHA-256, so safe in JavaScript, and never 0.
   */
  public static long userId(String name) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
      return Math.max(1, ByteBuffer.wrap(digest).getLong() >>> (Long.SIZE - USER_ID_BITS));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private String sign(JWTClaimsSet claims) {
    try {
      var header = new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build();
      var token = new SignedJWT(header, claims);
      token.sign(new ECDSASigner(key));
      return token.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException("the development key cannot sign", e);
    }
  }

  private static ECKey newKey() {
    try {
      return new ECKeyGenerator(Curve.P_256)
          .keyID(KEY_ID_PREFIX + UUID.randomUUID())
          .keyUse(KeyUse.SIGNATURE)
          .algorithm(JWSAlgorithm.ES256)
          .generate();
    } catch (JOSEException e) {
      throw new IllegalStateException("every Java has P-256", e);
    }
  }
}
