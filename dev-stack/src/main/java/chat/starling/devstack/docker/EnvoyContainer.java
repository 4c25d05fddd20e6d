package chat.starling.devstack.docker;

import chat.starling.devstack.ProjectTree;
import chat.starling.devstack.StackOptions;
import chat.starling.devstack.edge.DevelopmentCertificate;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.testcontainers.Testcontainers;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.MountableFile;

/**
 * Envoy's official image on the project's {@code edge-envoy/envoy.yaml} as it is, in front of a
 * gateway outside Docker.
 */
final class EnvoyContainer {

  private static final String IMAGE = "envoyproxy/envoy:v1.40.0";
  private static final int TLS = 7443;
  private static final String FOLDER = "/etc/envoy/";

  private EnvoyContainer() {}

  static GenericContainer<?> make(ProjectTree tree, StackOptions options, InstantSource time) {
    int gateway = options.ports().gateway().number();
    int internal = options.ports().gatewayInternal().number();
    Path folder = options.data().resolve("edge");
    DevelopmentCertificate.ensure(folder, time);
    Testcontainers.exposeHostPorts(gateway, internal);
    var container = Images.container(IMAGE, options.ports().edge(), TLS).withAccessToHost(true);
    copy(container, tree.root().resolve("edge-envoy/envoy.yaml"), "envoy.yaml");
    copy(container, tree.root().resolve("edge-envoy/gateways.yaml"), "gateways.template");
    for (String file : List.of(DevelopmentCertificate.CERTIFICATE, DevelopmentCertificate.KEY)) {
      copy(container, folder.resolve(file), file);
    }
    return container
        .withWorkingDirectory(FOLDER)
        .withCreateContainerCmdModifier(command -> command.withEntrypoint("/bin/sh", "-c"))
        .withCommand(start(gateway, internal))
        .waitingFor(Wait.forListeningPort());
  }

  /** Only the gateway's address differs from the file's default, and only inside is it known. */
  private static String start(int gateway, int internal) {
    return """
    ip=$(getent ahostsv4 host.testcontainers.internal | head -n 1 | cut -d ' ' -f 1)
    sed -e "s/address: .* # setting: gateway.host/address: $ip # setting: gateway.host/" \
        -e "s/port_value: .* # setting: gateway.port/port_value: %d # setting: gateway.port/" \
        -e "s/port_value: .* # setting: gateway.internal-port/port_value: %d # setting: gateway.internal-port/" \
        gateways.template >gateways.yaml
    exec envoy --config-path envoy.yaml --log-level warning
    """
        .formatted(gateway, internal);
  }

  private static void copy(GenericContainer<?> container, Path from, String to) {
    container.withCopyFileToContainer(MountableFile.forHostPath(from), FOLDER + to);
  }
}
