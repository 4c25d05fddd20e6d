package chat.starling.devstack.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.starling.devstack.GatewayPorts;
import chat.starling.devstack.ProjectTree;
import chat.starling.devstack.process.LocalServer;
import chat.starling.devstack.process.Port;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Envoy on the real configuration, without a gateway behind it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EnvoyServerIT {

  private static final String NOBODY =
      """
      resources:
        - "@type": type.googleapis.com/envoy.config.endpoint.v3.ClusterLoadAssignment
          cluster_name: gateway
      """;

  private final ProjectTree tree = ProjectTree.find();
  private final List<Port> ports = Port.free(4);

  private Path folder;
  private LocalServer envoy;
  private HttpClient client;

  @BeforeAll
  void start(@TempDir Path given) throws Exception {
    folder = given;
    envoy =
        new LocalServer(
            EnvoyServer.spec(
                tree,
                ports.get(0),
                ports.get(1),
                List.of(new GatewayPorts(ports.get(2), ports.get(3))),
                Optional.empty(),
                folder,
                folder.resolve("log")));
    envoy.start();
    client = client();
  }

  @AfterAll
  void end() {
    client.close();
    envoy.close();
  }

  @Test
  void configuration_asCheckedIn_isValid(@TempDir Path place) throws Exception {
    for (String file : List.of("envoy.yaml", "gateways.yaml")) {
      Files.copy(tree.root().resolve("edge-envoy").resolve(file), place.resolve(file));
    }
    DevelopmentCertificate.ensure(place, InstantSource.system());
    Path log = place.resolve("log");
    int code =
        new ProcessBuilder(
                tree.tools().envoy(), "--mode", "validate", "--config-path", "envoy.yaml")
            .directory(place.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start()
            .waitFor();
    assertThat(code).as(Files.readString(log)).isZero();
    assertThat(Files.readString(log)).doesNotContainIgnoringCase("deprecated");
  }

  @Test
  void request_overTlsUnderTheAuthority_isAnsweredByHttp2() throws Exception {
    var answer = client.send(request("/nothing").build(), HttpResponse.BodyHandlers.ofString());
    assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.headers().firstValue("x-request-id")).isPresent();
  }

  @Test
  void grpcCall_noGatewayThere_isUnavailable() throws Exception {
    var call =
        request("/starling.v1.HistoryService/ListMessages")
            .header("content-type", "application/grpc")
            .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[5]))
            .build();
    var answer = client.send(call, HttpResponse.BodyHandlers.ofString());
    assertThat(answer.headers().firstValue("grpc-status")).hasValue("14");
  }

  @Test
  void preflight_fromLocalPage_isAllowedAndFromElsewhereNot() throws Exception {
    assertThat(
            preflight("http://localhost:3000").headers().firstValue("access-control-allow-origin"))
        .hasValue("http://localhost:3000");
    assertThat(preflight("http://localhost.evil.example").headers().map())
        .doesNotContainKey("access-control-allow-origin");
  }

  @Test
  void header_withUnderscore_isRefused() throws Exception {
    var answer =
        client.send(
            request("/v1/x").version(HttpClient.Version.HTTP_1_1).header("x_forged", "1").build(),
            HttpResponse.BodyHandlers.discarding());
    assertThat(answer.statusCode()).isEqualTo(400);
  }

  @Test
  void garbage_onTheTlsPort_disturbsNobody() throws Exception {
    var before = client.send(request("/nothing").build(), HttpResponse.BodyHandlers.discarding());
    long pid = envoy.pid();
    for (int seed = 0; seed < 20; seed++) {
      sendGarbage(new Random(seed));
    }
    var after = client.send(request("/nothing").build(), HttpResponse.BodyHandlers.discarding());
    assertThat(List.of(before.statusCode(), after.statusCode())).containsOnly(404);
    assertThat(envoy.isAlive()).isTrue();
    assertThat(envoy.pid()).isEqualTo(pid);
  }

  @Test
  void gateway_noLongerInTheList_isOutHoweverHealthy() throws Exception {
    String gateway = "gateway::127.0.0.1:" + ports.get(2).number();
    HttpServer health = HttpServer.create(ports.get(3).address(), 0);
    health.createContext(
        "/health",
        exchange -> {
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    health.start();
    try {
      await().until(() -> clusters().contains(gateway + "::health_flags::healthy"));
      replaceList(NOBODY);
      await().until(() -> !clusters().contains(gateway));
    } finally {
      health.stop(0);
    }
  }

  private String clusters() throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + ports.get(1).number() + "/clusters");
    return client
        .send(
            HttpRequest.newBuilder(uri).version(HttpClient.Version.HTTP_1_1).build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }

  private void replaceList(String text) throws IOException {
    Path next = Files.writeString(folder.resolve("next.yaml"), text);
    Files.move(next, folder.resolve(GatewayList.FILE), StandardCopyOption.ATOMIC_MOVE);
  }

  private HttpResponse<Void> preflight(String origin) throws Exception {
    var options =
        request("/starling.v1.SessionService/Listen")
            .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
            .header("origin", origin)
            .header("access-control-request-method", "POST")
            .build();
    return client.send(options, HttpResponse.BodyHandlers.discarding());
  }

  private void sendGarbage(Random random) throws IOException {
    var bytes = new byte[random.nextInt(1, 4_096)];
    random.nextBytes(bytes);
    try (var socket = new Socket(envoy.address().getAddress(), envoy.address().getPort())) {
      socket.getOutputStream().write(bytes);
      socket.shutdownOutput();
      socket.getInputStream().readAllBytes();
    } catch (SocketException e) {
      // Reset by Envoy: as good an end as any.
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(
        URI.create("https://localhost:" + envoy.address().getPort() + path));
  }

  private HttpClient client() throws Exception {
    var trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    try (var in = Files.newInputStream(folder.resolve(DevelopmentCertificate.AUTHORITY))) {
      trusted.setCertificateEntry(
          "ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    var context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return HttpClient.newBuilder().sslContext(context).build();
  }
}
