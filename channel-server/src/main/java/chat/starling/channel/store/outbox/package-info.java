/**
 * The outbox in Kafka: every acked event of every feed, for others to consume.
 *
 * <p>Start with {@link chat.starling.channel.store.outbox.KafkaOutbox}; {@link
 * chat.starling.channel.store.outbox.OrderedProducer} holds the one rule on which the order of a
 * feed's events rests.
 */
@NullMarked
package chat.starling.channel.store.outbox;

import org.jspecify.annotations.NullMarked;
