package chat.starling.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.starling.devstack.GatewayPorts;
import chat.starling.devstack.ProjectTree;
import chat.starling.devstack.edge.DevelopmentCertificate;
import chat.starling.devstack.edge.EnvoyServer;
import chat.starling.devstack.process.LocalServer;
import chat.starling.devstack.process.Port;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.TlsChannelCredentials;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Envoy on the real configuration lets those of a workspace meet, on gateways that only count. */
class GatheredIT {

  private static final int GATEWAYS = 3;

  /** What no gateway may have more of than so many times its even share. */
  private static final double BOUND = 1.25;

  private final List<Port> ports = Port.free(2 + 2 * GATEWAYS);
  private final List<CountingGateway> gateways = new ArrayList<>();
  private LocalServer envoy;
  private ManagedChannel channel;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    List<GatewayPorts> places = new ArrayList<>();
    for (int i = 0; i < GATEWAYS; i++) {
      places.add(new GatewayPorts(ports.get(2 + 2 * i), ports.get(3 + 2 * i)));
      gateways.add(new CountingGateway(places.get(i)));
    }
    envoy =
        new LocalServer(
            EnvoyServer.spec(
                ProjectTree.find(),
                ports.get(0),
                ports.get(1),
                places,
                Optional.empty(),
                folder,
                folder.resolve("log")));
    envoy.start();
    var credentials =
        TlsChannelCredentials.newBuilder()
            .trustManager(folder.resolve(DevelopmentCertificate.AUTHORITY).toFile())
            .build();
    channel = Grpc.newChannelBuilder("localhost:" + ports.get(0).number(), credentials).build();
    patiently().until(() -> gateways.stream().allMatch(gateway -> gateway.checks() > 3));
  }

  @AfterEach
  void end() {
    channel.shutdownNow();
    envoy.close();
    gateways.forEach(CountingGateway::close);
  }

  @Test
  void workspace_ofManyEquals_isOnOneGatewayOrFew() {
    for (int user = 0; user < 4; user++) {
      for (int workspace = 1; workspace <= 24; workspace++) {
        open(Integer.toString(workspace));
      }
    }
    int together = 0;
    for (int workspace = 1; workspace <= 24; workspace++) {
      String name = Integer.toString(workspace);
      together += gateways.stream().mapToInt(gateway -> gateway.streams(name)).max().orElseThrow();
    }
    assertThat(together)
        .as("of 96, on the gateway that has most of their workspace")
        .isGreaterThan(70);
    assertThat(busiest()).isLessThanOrEqualTo(share(96));
  }

  @Test
  void workspace_withNearlyAllUsers_isSharedWithinTheBound() {
    IntStream.range(0, 90).forEach(user -> open(user % 30 == 0 ? "2" : "1"));
    assertThat(busiest()).isLessThanOrEqualTo(share(90));
  }

  @Test
  void gateway_gone_isReplacedByTheOthers() {
    IntStream.range(0, 12).forEach(user -> open("7"));
    CountingGateway favourite =
        gateways.stream()
            .max(Comparator.comparingInt(gateway -> gateway.streams("7")))
            .orElseThrow();
    favourite.close();
    gateways.remove(favourite);
    patiently().until(() -> streams() == 12);
    IntStream.range(0, 12).forEach(user -> open("7"));
    assertThat(gateways).allMatch(gateway -> gateway.streams() >= 8);
  }

  @Test
  void stream_withoutAGoodWorkspace_goesToTheLeastBusy() {
    for (String bad : List.of("", "0", "x", "12345678901234567890")) {
      int before = streams();
      IntStream.range(0, 9).forEach(user -> open(bad));
      assertThat(streams()).isEqualTo(before + 9);
    }
    assertThat(gateways).allMatch(gateway -> gateway.streams() > 6);
  }

  /** Opens a stream that stays, and waits until a gateway has it. */
  private void open(String workspace) {
    int before = streams();
    CountingGateway.open(channel, workspace);
    patiently().until(() -> streams() == before + 1);
  }

  private int streams() {
    return gateways.stream().mapToInt(CountingGateway::streams).sum();
  }

  private int busiest() {
    return gateways.stream().mapToInt(CountingGateway::streams).max().orElseThrow();
  }

  private static int share(int streams) {
    return (int) Math.ceil(BOUND * streams / GATEWAYS) + 1;
  }

  private static ConditionFactory patiently() {
    return await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(5));
  }
}
