package chat.starling.gateway.harness;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** An issuer with an ES256 key and a JWKS document on loopback. */
public final class TestIssuer implements AutoCloseable {

  public static final String ISSUER = "https://issuer.test";
  public static final String AUDIENCE = "starling";

  private final HttpServer server;
  private final List<ECKey> published = new CopyOnWriteArrayList<>();
  private final AtomicInteger fetches = new AtomicInteger();
  private volatile ECKey current = key("key-1");

  public TestIssuer() throws IOException {
    published.add(current);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/jwks",
        exchange -> {
          fetches.incrementAndGet();
          byte[] body =
              new JWKSet(List.copyOf(published)).toString().getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  public URI jwks() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/jwks");
  }

  public int fetches() {
    return fetches.get();
  }

  /** Signs with another key from now on; the document holds both. */
  public void rotate(String keyId) {
    current = key(keyId);
    published.add(current);
  }

  public String token(long user, String name, Long... workspaces) {
    return token(claims ->
        claims
            .subject(Long.toString(user))
            .claim("name", name)
            .claim("workspaces", List.of(workspaces)));
  }

  /** A good token, changed. */
  public String token(UnaryOperator<JWTClaimsSet.Builder> change) {
    return sign(change, current);
  }

  public static String sign(UnaryOperator<JWTClaimsSet.Builder> change, ECKey key) {
    Instant now = chat.starling.platform.time.SystemTime.wall().instant();
    JWTClaimsSet.Builder claims =
        new JWTClaimsSet.Builder()
            .issuer(ISSUER)
            .audience(AUDIENCE)
            .subject("1")
            .claim("name", "Ada")
            .claim("workspaces", List.of(1L))
            .expirationTime(Date.from(now.plusSeconds(3600)));
    SignedJWT jwt =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build(),
            change.apply(claims).build());
    try {
      jwt.sign(new ECDSASigner(key));
      return jwt.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  public static ECKey key(String id) {
    try {
      return new ECKeyGenerator(Curve.P_256).keyID(id).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
