package chat.starling.client.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import chat.starling.api.v1.Event;
import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A session against a hostile network and a server that keeps its promises and nothing more. */
class SessionSimulationTest {
  private static final int CHANNELS = 5;
  private static final int SENDS = 40;
  private static final int OTHERS = 200;
  private static final long FAULTS_UNTIL = 120_000;
  private static final long END = 600_000;

  private final VirtualTime time = new VirtualTime();
  private final Recorder recorder = new Recorder();
  private final Map<Long, List<ByteString>> accepted = new HashMap<>();
  private long tickPlanned = Long.MAX_VALUE;

  static LongStream seeds() {
    return LongStream.range(0, 300);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void session_hostileNetwork_handsOverEachEventOnceAndPostsEachSendOnce(long seed) {
    Random random = new Random(seed);
    SimulatedServer server = new SimulatedServer(time, random);
    SimulatedWire wire = new SimulatedWire(time, random, server);
    Session session = new Session(wire, recorder, 1000, false, random::nextDouble);
    wire.connectTo(session, () -> planTick(session));

    focusAll(session);
    session.start(time.now());
    planTraffic(random, server, session);
    planFaults(random, wire, server);
    while (time.step(END)) {}

    for (long channel = 1; channel <= CHANNELS; channel++) {
      List<Event> log = server.log(channel);
      assertThat(recorder.seqsOf(channel)).containsExactlyElementsOf(upTo(log.size()));
      assertThat(noncesOf(log))
          .containsExactlyElementsOf(accepted.getOrDefault(channel, List.of()));
    }
    assertThat(recorder.failed).isEmpty();
    assertThat(recorder.sent).hasSize(SENDS);
    assertThat(recorder.echoes.stream().filter(echo -> echo).count()).isEqualTo(SENDS);
    assertThat(recorder.log).noneMatch(line -> line.startsWith("reload"));
  }

  private void focusAll(Session session) {
    Map<Long, OptionalLong> wanted = new HashMap<>();
    for (long channel = 1; channel <= CHANNELS; channel++) {
      wanted.put(channel, OptionalLong.of(0));
    }
    session.focus(wanted, time.now());
  }

  private void planTraffic(Random random, SimulatedServer server, Session session) {
    for (int i = 0; i < OTHERS; i++) {
      long channel = 1L + random.nextInt(CHANNELS);
      time.after(random.nextInt(130_000), () -> server.append(channel, ByteString.EMPTY));
    }
    for (int i = 0; i < SENDS; i++) {
      long channel = 1L + random.nextInt(CHANNELS);
      ByteString nonce = ByteString.copyFromUtf8("nonce " + (1000 + i));
      time.after(random.nextInt(130_000), () -> send(session, channel, nonce));
    }
    // One event of each channel comes last, when all is calm: it shows whatever gap is left.
    for (long channel = 1; channel <= CHANNELS; channel++) {
      long last = channel;
      time.after(400_000, () -> server.append(last, ByteString.EMPTY));
    }
  }

  private void planFaults(Random random, SimulatedWire wire, SimulatedServer server) {
    for (int i = 0; i < 25; i++) {
      time.after(random.nextInt((int) FAULTS_UNTIL), wire::cut);
    }
    time.after(FAULTS_UNTIL + 20_000, () -> server.faulty = false);
  }

  private void send(Session session, long channel, ByteString nonce) {
    accepted.computeIfAbsent(channel, id -> new ArrayList<>()).add(nonce);
    assertThat(session.send(channel, nonce, "text", "", time.now())).isEmpty();
    planTick(session);
  }

  private void planTick(Session session) {
    long deadline = session.nextDeadline();
    if (deadline < tickPlanned) {
      tickPlanned = deadline;
      time.after(
          Math.max(0, deadline - time.now()),
          () -> {
            if (tickPlanned == deadline) {
              tickPlanned = Long.MAX_VALUE;
              session.tick(time.now());
              planTick(session);
            }
          });
    }
  }

  private static List<ByteString> noncesOf(List<Event> log) {
    return log.stream()
        .map(event -> event.getMessagePosted().getNonce())
        .filter(nonce -> !nonce.isEmpty())
        .collect(Collectors.toList());
  }

  private static List<Long> upTo(int last) {
    return LongStream.rangeClosed(1, last).boxed().collect(Collectors.toList());
  }
}
