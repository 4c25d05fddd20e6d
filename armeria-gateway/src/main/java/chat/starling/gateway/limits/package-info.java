/**
 * How fast clients may send. {@link chat.starling.gateway.limits.TokenBucket} is the one way in
 * which it is counted. Pure: time is handed in.
 */
@NullMarked
package chat.starling.gateway.limits;

import org.jspecify.annotations.NullMarked;
