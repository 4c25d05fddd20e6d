package chat.starling.gateway.limits;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;

/**
 * A bucket for each key that has taken something lately. One that nobody takes from for a whole
 * period is full, and is forgotten soon. Any thread.
 */
final class KeyedBuckets<K> {

  /** The cache may take an access for one that came a second earlier. */
  private static final Duration TOLERANCE = Duration.ofMillis(1100);

  private final Rate rate;
  private final Ticker ticker;
  private final Cache<K, TokenBucket> buckets;

  /**
   * @param size buckets at most; past it the one least used is forgotten, however empty
   * @param ticker monotonic nanoseconds
   */
  KeyedBuckets(Rate rate, int size, Ticker ticker) {
    this.rate = rate;
    this.ticker = ticker;
    this.buckets =
        Caffeine.newBuilder()
            .maximumSize(size)
            .expireAfterAccess(rate.period().plus(TOLERANCE))
            .ticker(ticker)
            .build();
  }

  /** Takes a token of the key's and returns 0, or returns how long until there is one. */
  long take(K key) {
    return take(key, 1);
  }

  /** The same for so many tokens, see {@link TokenBucket#take(long, int)}. */
  long take(K key, int tokens) {
    long now = ticker.read();
    return buckets.get(key, k -> new TokenBucket(rate, now)).take(now, tokens);
  }

  Rate rate() {
    return rate;
  }

  /** Buckets that are remembered. */
  long size() {
    buckets.cleanUp();
    return buckets.estimatedSize();
  }
}
