package chat.starling.devstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.starling.devstack.process.Port;
import chat.starling.devstack.process.ServerFailure;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class PortOptionsTest {

  @Test
  void ports_nothingGiven_areOfOneServerEach() {
    Ports ports = parsed();
    assertThat(numbers(ports.channelServers())).containsExactly(7420);
    assertThat(ports.gateways()).hasSize(1);
    assertThat(ports.gateways().getFirst().sessions().number()).isEqualTo(7410);
    assertThat(ports.gateways().getFirst().internal().number()).isEqualTo(7411);
  }

  @Test
  void ports_ofSeveralServers_followOneAnother() {
    Ports ports = parsed("--channel-servers=9", "--gateways=5");
    assertThat(numbers(ports.channelServers()))
        .containsExactly(7420, 7421, 7422, 7423, 7424, 7425, 7426, 7427, 7428);
    assertThat(ports.gateways().stream().map(gateway -> gateway.sessions().number()))
        .containsExactly(7410, 7412, 7414, 7416, 7418);
    assertThat(ports.gateways().stream().map(gateway -> gateway.internal().number()))
        .containsExactly(7411, 7413, 7415, 7417, 7419);
  }

  @Test
  void port_moved_movesThoseThatFollow() {
    Ports ports = parsed("--channel-servers=2", "--channel-server-port=9000");
    assertThat(ports.channelServers())
        .containsExactly(
            new Port(9000, "--channel-server-port"), new Port(9001, "--channel-server-port"));
  }

  @ParameterizedTest
  @CsvSource({
    "--channel-servers, 0, 1..9",
    "--channel-servers, 10, 1..9",
    "--gateways, -1, 1..5",
    "--gateways, 6, 1..5"
  })
  void count_outOfRange_isRefusedByName(String option, String count, String range) {
    assertThatThrownBy(() -> parsed(option + "=" + count))
        .isInstanceOf(ServerFailure.class)
        .hasMessage("%s: %s (expected: %s)", option, count, range);
  }

  private static Ports parsed(String... arguments) {
    var line = new Line();
    new CommandLine(line).parseArgs(arguments);
    return line.ports.toPorts();
  }

  private static List<Integer> numbers(List<Port> ports) {
    return ports.stream().map(Port::number).toList();
  }

  @Command
  private static final class Line {
    @Mixin private PortOptions ports = new PortOptions();
  }
}
