package chat.starling.devstack;

import static org.assertj.core.api.Assertions.assertThat;

import chat.starling.devstack.process.ServerSpec;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerSpecsTest {

  @TempDir private Path root;

  private final Ports ports = Ports.free(3, 2);

  @BeforeEach
  void build() throws IOException {
    for (String module : List.of("channel-server", "armeria-gateway")) {
      Path target = Files.createDirectories(root.resolve(module).resolve("target"));
      Files.createFile(target.resolve("module.jar"));
      Files.writeString(target.resolve("classpath"), "dependency.jar");
    }
  }

  @Test
  void channelServers_three_differInNameAndAddressOnly() {
    List<ServerSpec> specs = specs(Map.of()).channelServers(db(), "here", kafka());
    assertThat(specs)
        .extracting(ServerSpec::name)
        .containsExactly("channel-server-1", "channel-server-2", "channel-server-3");
    String second = "127.0.0.1:" + ports.channelServers().get(1).number();
    assertThat(settings(specs.get(1)))
        .containsExactlyInAnyOrder(
            "server.id=channel-server-2",
            "server.host=127.0.0.1",
            "server.port=" + ports.channelServers().get(1).number(),
            "server.advertise=" + second,
            "cql.contact-points=db:9042",
            "cql.datacenter=here",
            "outbox.bootstrap-servers=kafka:9092");
  }

  @Test
  void gateways_two_knowAllChannelServers() {
    List<ServerSpec> specs = specs(Map.of()).gateways();
    assertThat(specs).extracting(ServerSpec::name).containsExactly("gateway-1", "gateway-2");
    List<String> all =
        ports.channelServers().stream().map(port -> "127.0.0.1:" + port.number()).toList();
    assertThat(settings(specs.get(1)))
        .contains(
            "channel-servers=" + String.join(",", all),
            "public.port=" + ports.gateways().get(1).sessions().number(),
            "internal.port=" + ports.gateways().get(1).internal().number());
  }

  @Test
  void gateway_beyondThoseOfTheStack_isOnTheSameServersWithItsOwnSettings() {
    GatewayPorts at = Ports.free(1, 1).gateways().getFirst();
    ServerSpec spec = specs(Map.of()).gateway("other", at, Map.of("session.resume-window", "0s"));
    List<String> common =
        settings(specs(Map.of()).gateways().getFirst()).stream()
            .filter(setting -> !setting.contains(".port="))
            .toList();
    assertThat(spec.name()).isEqualTo("other");
    assertThat(settings(spec))
        .containsAll(common)
        .contains("session.resume-window=0s", "public.port=" + at.sessions().number());
  }

  @Test
  void setting_givenInTheOptions_reachesEachServer() {
    assertThat(specs(Map.of("cql.datacenter", "there")).channelServers(db(), "here", kafka()))
        .allSatisfy(spec ->
            assertThat(settings(spec))
                .contains("cql.datacenter=there")
                .doesNotContain("cql.datacenter=here"));
  }

  @Test
  void gateways_byTls_areToldTheirCertificate() {
    var options = options(Map.of());
    var specs = new ServerSpecs(new ProjectTree(root), options.withGatewayTls()).gateways();
    Path folder = options.gatewayCertificates();
    assertThat(settings(specs.getFirst()))
        .contains(
            "public.certificate=" + folder.resolve("certificate.pem"),
            "public.key=" + folder.resolve("key.pem"));
    assertThat(settings(specs(Map.of()).gateways().getFirst()))
        .noneMatch(setting -> setting.startsWith("public.key"));
  }

  @Test
  void starling_withJavaFlags_hasThemBeforeItsClass() {
    var specs =
        new ServerSpecs(
            new ProjectTree(root), options(Map.of()).withJavaFlags(List.of("-XX:+UseSerialGC")));
    for (ServerSpec spec :
        List.of(
            specs.gateways().getFirst(), specs.channelServers(db(), "here", kafka()).getFirst())) {
      assertThat(spec.command()).containsSubsequence("-XX:+UseSerialGC", "-cp");
    }
  }

  private ServerSpecs specs(Map<String, String> channelServer) {
    return new ServerSpecs(new ProjectTree(root), options(channelServer));
  }

  private StackOptions options(Map<String, String> channelServer) {
    return new StackOptions(
        ports,
        root,
        new Backing.Local(),
        false,
        channelServer,
        Map.of(),
        List.of(),
        false,
        line -> {});
  }

  private static InetSocketAddress db() {
    return InetSocketAddress.createUnresolved("db", 9042);
  }

  private static InetSocketAddress kafka() {
    return InetSocketAddress.createUnresolved("kafka", 9092);
  }

  private static List<String> settings(ServerSpec spec) {
    return spec.command().stream().filter(word -> word.matches("[a-z][a-z.-]+=.*")).toList();
  }
}
