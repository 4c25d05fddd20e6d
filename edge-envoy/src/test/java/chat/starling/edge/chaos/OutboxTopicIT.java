package chat.starling.edge.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import chat.starling.api.v1.Event;
import chat.starling.api.v1.Message;
import chat.starling.devstack.ProjectTree;
import chat.starling.devstack.kafka.KafkaServer;
import chat.starling.devstack.process.LocalServer;
import chat.starling.devstack.process.Port;
import chat.starling.edge.crowd.Ledger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutboxTopicIT {

  private static final String TOPIC = "starling.events";

  @Test
  void records_ofRealKafka_areReadInOrderAndOddOnesNamed(@TempDir Path folder) throws Exception {
    List<Port> ports = Port.free(2);
    try (var kafka =
        new LocalServer(
            KafkaServer.spec(
                ProjectTree.find().tools(),
                ports.get(0),
                ports.get(1),
                folder,
                folder.resolve("log")))) {
      kafka.start();
      try (var topic = new OutboxTopic(kafka.address())) {
        topic.readOn();
        assertThat(topic.lastSeq(42)).isZero();
        createTopic(kafka);
        write(kafka, record(1, "channel/42", 1), record(1, "channel/42", 2));
        topic.readOn();
        write(kafka, record(1, "channel/42", 1), record(1, "channel/41", 3));
        topic.readOn();
        write(kafka, record(0, "channel/42", 4));
        topic.readOn();
        assertThat(topic.messages(42))
            .containsExactly(entry(1), entry(2), entry(1), entry(3), entry(4));
        assertThat(topic.lastSeq(42)).isEqualTo(4);
        assertThat(topic.oddities())
            .containsExactly(
                "record 1/3 of channel 42 has key channel/41",
                "record 0/0 of channel 42 lies outside partition 1");
      }
    }
  }

  private static void createTopic(LocalServer kafka) throws Exception {
    try (var admin = Admin.create(config(kafka))) {
      var topic = new NewTopic(TOPIC, Optional.of(2), Optional.empty());
      admin.createTopics(List.of(topic)).all().get();
    }
  }

  @SafeVarargs
  private static void write(LocalServer kafka, ProducerRecord<byte[], byte[]>... records)
      throws Exception {
    try (var producer =
        new KafkaProducer<>(config(kafka), new ByteArraySerializer(), new ByteArraySerializer())) {
      for (ProducerRecord<byte[], byte[]> record : records) {
        producer.send(record).get();
      }
    }
  }

  private static Map<String, Object> config(LocalServer kafka) {
    return Map.of("bootstrap.servers", "127.0.0.1:" + kafka.address().getPort());
  }

  private static ProducerRecord<byte[], byte[]> record(int partition, String key, long seq) {
    Message message =
        Message.newBuilder()
            .setChannelId(42)
            .setSeq(seq)
            .setMessageId(100 + seq)
            .setText("number " + seq)
            .build();
    Event event = Event.newBuilder().setChannelId(42).setSeq(seq).setMessagePosted(message).build();
    byte[] feed =
        Bytes.message(out -> {
          out.writeEnum(1, OutboxRecord.CHANNEL);
          out.writeInt64(2, 42);
        });
    byte[] value =
        Bytes.message(out -> {
          out.writeByteArray(1, feed);
          out.writeInt64(2, seq);
          out.writeByteArray(3, event.toByteArray());
          out.writeString(90, "of a later version");
        });
    return new ProducerRecord<>(TOPIC, partition, key.getBytes(StandardCharsets.US_ASCII), value);
  }

  private static Ledger.Entry entry(long seq) {
    return new Ledger.Entry(seq, 100 + seq, "number " + seq);
  }
}
