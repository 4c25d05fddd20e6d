package chat.starling.channel.feed;

import chat.starling.api.v1.Refusal;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * One server's right to a feed.
 *
 * @param epoch under which it writes, which no other server has or will have; 1 and up
 * @param valid whether the server may act as the owner at this moment; asked after the store's
 *     answer and before anything is acked or shown
 * @param notOwner what those are told who ask here although the feed is another server's
 */
public record Tenure(long epoch, BooleanSupplier valid, Supplier<Refusal> notOwner) {}
