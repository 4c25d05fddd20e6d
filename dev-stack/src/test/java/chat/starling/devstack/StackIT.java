package chat.starling.devstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.starling.devstack.cql.CqlProbe;
import chat.starling.devstack.kafka.KafkaProbe;
import chat.starling.devstack.process.Port;
import chat.starling.devstack.process.ServerFailure;
import chat.starling.devstack.redis.RedisProbe;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class StackIT {

  @Test
  void backingServers_startedTogether_allAnswerAndOutliveKill9() throws IOException {
    List<String> progress = new CopyOnWriteArrayList<>();
    var options = StackOptions.forTests().withBackingOnly().withProgress(progress::add);
    try (var stack = Stack.start(options)) {
      assertThat(redis(stack.redis(), "SET bird starling")).isEqualTo("+OK");
      stack.kill9All();
      stack.restartAll();
      new CqlProbe(stack.cql(), "datacenter1").ask();
      new KafkaProbe(stack.kafka()).ask();
      new RedisProbe(stack.redis()).ask();
      assertThat(redis(stack.redis(), "STRLEN bird")).isEqualTo(":8");
      assertGivenByAddress(stack);
    }
    assertThat(progress)
        .hasSize(4)
        .anyMatch(line ->
            line.matches(" +cassandra +127\\.0\\.0\\.1:\\d+ +ready in \\d+\\.\\d s, pid \\d+"));
  }

  @Test
  void address_nobodyThere_isNamedWithItsOption() {
    InetSocketAddress nobody = Port.free(1).getFirst().address();
    var options =
        StackOptions.forTests()
            .withBackingOnly()
            .withBacking(new Backing.Address(nobody, "datacenter1", nobody, nobody));
    assertThatThrownBy(() -> Stack.start(options)).hasMessageStartingWith("--cql: ");
  }

  private static void assertGivenByAddress(Stack running) {
    var address =
        new Backing.Address(running.cql(), "datacenter1", running.kafka(), running.redis());
    var options = StackOptions.forTests().withBackingOnly().withBacking(address);
    try (var second = Stack.start(options)) {
      assertThat(second.servers()).isEmpty();
      assertThat(second.cql()).isEqualTo(running.cql());
    }
  }

  @Test
  void stack_onePortBusy_startsNothing() throws IOException {
    var options = StackOptions.forTests().withBackingOnly();
    try (var taken = new ServerSocket()) {
      taken.bind(options.ports().redis().address());
      assertThatThrownBy(() -> Stack.start(options))
          .isInstanceOf(ServerFailure.class)
          .hasMessageStartingWith("redis: port " + taken.getLocalPort() + " is in use");
      assertThat(options.data().resolve("logs")).doesNotExist();
    }
  }

  private static String redis(InetSocketAddress address, String command) throws IOException {
    try (var socket = new Socket(address.getAddress(), address.getPort())) {
      socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
      return new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
          .readLine();
    }
  }
}
