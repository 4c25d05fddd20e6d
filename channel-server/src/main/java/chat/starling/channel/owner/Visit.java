package chat.starling.channel.owner;

import chat.starling.api.v1.Refusal;
import java.util.function.Consumer;

/**
 * Something to be done with a feed as soon as what it holds may be shown.
 *
 * @param enter does it, on the feed's loop
 * @param refuse is told why it cannot be done instead
 */
record Visit(Runnable enter, Consumer<Refusal> refuse) {}
