package chat.starling.gateway.signin;

import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import java.net.MalformedURLException;
import java.net.URI;
import java.time.Duration;

/** The issuer's public keys, as its JWKS document has them. */
public final class Keys {

  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final Duration FRESH = Duration.ofMinutes(5);
  private static final Duration OUTAGE = Duration.ofHours(24);
  private static final int MAX_BYTES = 256 * 1024;

  private Keys() {}

  /**
   * Keys fetched over HTTP when they are needed: kept for 5 minutes, fetched early for an unknown
   * key id, though seldom, and kept for a day while the issuer cannot be reached. A look-up may
   * block.
   *
   * @param minInterval between two fetches that unknown key ids bring about
   */
  public static JWKSource<SecurityContext> at(URI url, Duration minInterval) {
    try {
      return JWKSourceBuilder.create(url.toURL(), retriever())
          .cache(FRESH.toMillis(), TIMEOUT.toMillis() * 3)
          .rateLimited(minInterval.toMillis())
          .refreshAheadCache(false)
          .outageTolerant(OUTAGE.toMillis())
          .build();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException("auth.jwks-url: " + url + " (expected: a URL)", e);
    }
  }

  private static DefaultResourceRetriever retriever() {
    int timeout = Math.toIntExact(TIMEOUT.toMillis());
    return new DefaultResourceRetriever(timeout, timeout, MAX_BYTES);
  }
}
