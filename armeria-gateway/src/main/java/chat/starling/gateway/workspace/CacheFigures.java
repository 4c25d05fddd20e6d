package chat.starling.gateway.workspace;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.stats.CacheStats;

/**
 * What a bounded memory holds and was good for.
 *
 * @param size entries, about
 * @param hits how often what was asked for was there
 * @param misses how often it was not
 */
public record CacheFigures(long size, long hits, long misses) {

  static CacheFigures of(Cache<?, ?> cache) {
    CacheStats stats = cache.stats();
    return new CacheFigures(cache.estimatedSize(), stats.hitCount(), stats.missCount());
  }
}
