/** Redis, which holds what may be lost. Start reading at {@link chat.starling.devstack.redis.RedisServer}. */
@NullMarked
package chat.starling.devstack.redis;

import org.jspecify.annotations.NullMarked;
