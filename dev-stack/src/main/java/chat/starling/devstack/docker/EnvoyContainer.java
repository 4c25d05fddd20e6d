package chat.starling.devstack.docker;

import chat.starling.devstack.GatewayPorts;
import chat.starling.devstack.ProjectTree;
import chat.starling.devstack.StackOptions;
import chat.starling.devstack.edge.DevelopmentCertificate;
import chat.starling.devstack.edge.EdgeConfig;
import chat.starling.devstack.edge.GatewayList;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.testcontainers.Testcontainers;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.utility.MountableFile;

/**
 * Envoy's official image on the project's {@code edge-envoy/envoy.yaml} with its default ports, in
 * front of gateways outside Docker.
 */
final class EnvoyContainer {

  private static final String IMAGE = "envoyproxy/envoy:v1.40.0";
  private static final int TLS = 7443;
  private static final String FOLDER = "/etc/envoy/";
  private static final String GATEWAY_AUTHORITY = "gateway-ca.pem";

  /** Stands for this machine's address, which is known only inside. */
  private static final String MACHINE = "@MACHINE@";

  private static final String START =
      """
      ip=$(getent ahostsv4 host.testcontainers.internal | head -n 1 | cut -d ' ' -f 1)
      sed "s/%s/$ip/" gateways.template >%s
      exec envoy --config-path envoy.yaml --log-level warning
      """
          .formatted(MACHINE, GatewayList.FILE);

  private EnvoyContainer() {}

  static GenericContainer<?> make(ProjectTree tree, StackOptions options, InstantSource time) {
    Path folder = options.data().resolve("edge");
    DevelopmentCertificate.ensure(folder, time);
    options.ports().gateways().forEach(EnvoyContainer::letReach);
    var container = Images.container(IMAGE, options.ports().edge(), TLS).withAccessToHost(true);
    container.withCopyToContainer(Transferable.of(config(tree, options)), FOLDER + EdgeConfig.FILE);
    container.withCopyToContainer(
        Transferable.of(gateways(tree, options)), FOLDER + "gateways.template");
    if (options.gatewayTls()) {
      copy(
          container,
          options.gatewayCertificates().resolve(DevelopmentCertificate.AUTHORITY),
          GATEWAY_AUTHORITY);
    }
    for (String file : List.of(DevelopmentCertificate.CERTIFICATE, DevelopmentCertificate.KEY)) {
      copy(container, folder.resolve(file), file);
    }
    return container
        .withWorkingDirectory(FOLDER)
        .withCreateContainerCmdModifier(command -> command.withEntrypoint("/bin/sh", "-c"))
        .withCommand(START)
        .waitingFor(Wait.forListeningPort());
  }

  private static void letReach(GatewayPorts gateway) {
    Testcontainers.exposeHostPorts(gateway.sessions().number(), gateway.internal().number());
  }

  private static String config(ProjectTree tree, StackOptions options) {
    try {
      return EdgeConfig.text(
          tree, Map.of(), options.gatewayTls() ? Optional.of(GATEWAY_AUTHORITY) : Optional.empty());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String gateways(ProjectTree tree, StackOptions options) {
    try {
      return GatewayList.text(tree, MACHINE, options.ports().gateways());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void copy(GenericContainer<?> container, Path from, String to) {
    container.withCopyFileToContainer(MountableFile.forHostPath(from), FOLDER + to);
  }
}
