/** Kafka as one KRaft node, the local event bus. Start reading at {@link chat.starling.devstack.kafka.KafkaServer}. */
@NullMarked
package chat.starling.devstack.kafka;

import org.jspecify.annotations.NullMarked;
