package chat.starling.gateway.signin;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Tokens that were checked a moment ago. Who makes many unary calls sends the same token with each,
 * and its signature takes longer to check than most calls take to answer. Safe for use by many
 * threads.
 */
final class KnownTokens {

  /**
   * A key that the issuer withdraws is noticed this much later than its keys are fetched anew at
   * most.
   */
  private static final Duration KEPT = Duration.ofMinutes(1);

  /** Characters of all tokens together; one token is 300 to 1,000 as a rule. */
  private static final long MOST = 16 * 1024 * 1024;

  private final InstantSource clock;
  private final Cache<String, Known> known =
      Caffeine.newBuilder()
          .maximumWeight(MOST)
          .weigher((String token, Known who) -> token.length())
          .build();

  /** A checked token. */
  private record Known(Identity identity, Instant until) {}

  KnownTokens(InstantSource clock) {
    this.clock = clock;
  }

  /** Whom the token vouches for; null when it is to be checked. */
  @Nullable Identity find(String token) {
    Known found = known.getIfPresent(token);
    return found != null && clock.instant().isBefore(found.until) ? found.identity : null;
  }

  /** The token was found good. */
  void add(String token, Identity identity) {
    Instant end = clock.instant().plus(KEPT);
    Instant until = identity.expiresAt().isBefore(end) ? identity.expiresAt() : end;
    known.put(token, new Known(identity, until));
  }
}
