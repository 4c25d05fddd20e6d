package chat.starling.devstack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What stack to start.
 *
 * @param ports where everything listens
 * @param data a folder for data, logs, keys and certificates; what is there is kept
 * @param backing where the backing servers come from
 * @param backingOnly leave out Starling's own servers and the edge
 * @param channelServer settings of each channel server by path, on top of those that the stack
 *     knows
 * @param gateway settings of each gateway by path, on top of those that the stack knows
 * @param javaFlags of the Java of each of Starling's servers, beside those of production
 * @param gatewayTls Envoy talks to the gateways by TLS, under a certificate that the stack makes
 * @param progress told one line for each step
 */
public record StackOptions(
    Ports ports,
    Path data,
    Backing backing,
    boolean backingOnly,
    Map<String, String> channelServer,
    Map<String, String> gateway,
    List<String> javaFlags,
    boolean gatewayTls,
    Consumer<String> progress) {

  /** Keeps its own copies. */
  public StackOptions {
    data = data.toAbsolutePath();
    channelServer = Map.copyOf(channelServer);
    gateway = Map.copyOf(gateway);
    javaFlags = List.copyOf(javaFlags);
  }

  /** Tests write faster, and come in greater numbers, than people may. */
  private static final Map<String, String> NO_RATES =
      Map.of(
          "rates.user-messages", "1000000",
          "rates.workspace-messages", "1000000",
          "rates.frames", "1000000",
          "admission.sessions", "1000000",
          "admission.under-way", "1000000");

  /** A test is over before what the slower compiler does for its servers has paid. */
  private static final List<String> SHORT_LIVED = List.of("-XX:TieredStopAtLevel=1");

  /**
   * One server of each kind, locally, on ports of its own, with a fresh folder under the module's
   * {@code target}, and with rates that nobody reaches.
   */
  public static StackOptions forTests() {
    try {
      Path target = Files.createDirectories(Path.of("target", "dev-stack"));
      Path data = Files.createTempDirectory(target, "stack-");
      return new StackOptions(
          Ports.free(1, 1),
          data,
          new Backing.Local(),
          false,
          Map.of(),
          NO_RATES,
          SHORT_LIVED,
          false,
          line -> {});
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same without Starling's own servers and the edge. */
  public StackOptions withBackingOnly() {
    return new StackOptions(
        ports, data, backing, true, channelServer, gateway, javaFlags, gatewayTls, progress);
  }

  /** The same on other ports. */
  public StackOptions withPorts(Ports changed) {
    return new StackOptions(
        changed,
        data,
        backing,
        backingOnly,
        channelServer,
        gateway,
        javaFlags,
        gatewayTls,
        progress);
  }

  /** The same with this many channel servers and gateways, all servers on new ports. */
  public StackOptions withServers(int channelServers, int gateways) {
    return withPorts(Ports.free(channelServers, gateways));
  }

  /** The same on other backing servers. */
  public StackOptions withBacking(Backing changed) {
    return new StackOptions(
        ports, data, changed, backingOnly, channelServer, gateway, javaFlags, gatewayTls, progress);
  }

  /**
   * The same with one more setting of each channel server, for example {@code
   * telemetry.sample-ratio}.
   */
  public StackOptions withChannelServerSetting(String path, String value) {
    var changed = with(channelServer, path, value);
    return new StackOptions(
        ports, data, backing, backingOnly, changed, gateway, javaFlags, gatewayTls, progress);
  }

  /** The same with one more setting of each gateway. */
  public StackOptions withGatewaySetting(String path, String value) {
    var changed = with(gateway, path, value);
    return new StackOptions(
        ports, data, backing, backingOnly, channelServer, changed, javaFlags, gatewayTls, progress);
  }

  /** The same with one more setting of each of Starling's servers. */
  public StackOptions withSetting(String path, String value) {
    return withChannelServerSetting(path, value).withGatewaySetting(path, value);
  }

  /** The same with these flags of the servers' Java, in place of others. */
  public StackOptions withJavaFlags(List<String> changed) {
    return new StackOptions(
        ports, data, backing, backingOnly, channelServer, gateway, changed, gatewayTls, progress);
  }

  /** The same with TLS between Envoy and the gateways. */
  public StackOptions withGatewayTls() {
    return new StackOptions(
        ports, data, backing, backingOnly, channelServer, gateway, javaFlags, true, progress);
  }

  /** Where the gateways' certificate and its authority are, when they speak TLS. */
  public Path gatewayCertificates() {
    return data.resolve("gateway-tls");
  }

  /** The same, told of progress. */
  public StackOptions withProgress(Consumer<String> changed) {
    return new StackOptions(
        ports, data, backing, backingOnly, channelServer, gateway, javaFlags, gatewayTls, changed);
  }

  private static Map<String, String> with(Map<String, String> map, String path, String value) {
    var changed = new HashMap<>(map);
    changed.put(path, value);
    return changed;
  }
}
