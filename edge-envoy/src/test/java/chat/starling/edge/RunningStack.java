package chat.starling.edge;

import chat.starling.api.v1.Channel;
import chat.starling.api.v1.ChannelServiceGrpc;
import chat.starling.api.v1.CreateChannelRequest;
import chat.starling.api.v1.JoinChannelRequest;
import chat.starling.client.ClientListener;
import chat.starling.client.StarlingClient;
import chat.starling.client.StarlingClientBuilder;
import chat.starling.devstack.Stack;
import chat.starling.devstack.StackOptions;
import chat.starling.otel.receiver.OtlpReceiver;
import chat.starling.otel.receiver.ReceivedMetric;
import io.grpc.ClientInterceptors;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.TlsChannelCredentials;
import io.grpc.stub.MetadataUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * A running Starling with its backing servers, and ways to talk to it as clients do: by TLS through
 * Envoy.
 */
public final class RunningStack implements AutoCloseable {

  /** The workspace that all users are in. */
  public static final long WORKSPACE = 1;

  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
  private static final OtlpReceiver TOLD_BY_SHARED = OtlpReceiver.start();
  private static @Nullable RunningStack shared;

  private final Stack stack;
  private final byte[] authority;
  private final ManagedChannel channel;
  private final Tokens tokens;
  private final Map<String, Long> channels = new ConcurrentHashMap<>();

  private RunningStack(Stack stack) {
    this.stack = stack;
    tokens = new Tokens(stack.issuer());
    try {
      authority = Files.readAllBytes(stack.caFile());
      channel = newChannelBuilder().build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The stack that all tests share which leave it as it was; it ends with this process. */
  public static synchronized RunningStack shared() {
    RunningStack running = shared;
    if (running == null) {
      running =
          start(
              StackOptions.forTests()
                  .withGatewaySetting("session.heartbeat-interval", "2s")
                  .withGatewaySetting("session.heartbeat-grace", "1s")
                  .withGatewaySetting("limits.stall-patience", "5m")
                  .withGatewaySetting("telemetry.otlp-endpoint", TOLD_BY_SHARED.endpoint())
                  .withGatewaySetting("telemetry.sample-ratio", "0"));
      Runtime.getRuntime().addShutdownHook(new Thread(running::close));
      shared = running;
    }
    return running;
  }

  /** What the shared stack's gateway has reported of this metric so far, every ten seconds. */
  public static List<Long> reports(String metric) {
    return TOLD_BY_SHARED.metrics().stream()
        .filter(report -> report.name().equals(metric))
        .map(ReceivedMetric::value)
        .toList();
  }

  /** A stack of its own, running. */
  public static RunningStack start(StackOptions options) {
    return new RunningStack(Stack.start(options));
  }

  /** Its servers. */
  public Stack stack() {
    return stack;
  }

  Tokens tokens() {
    return tokens;
  }

  String token(String user) {
    return tokens.good(user);
  }

  /** Where clients connect, on this machine. */
  public int edgePort() {
    return stack.edge().getPort();
  }

  /** A gRPC channel to the edge that all callers share. */
  ManagedChannel channel() {
    return channel;
  }

  /** The same channel for calls that carry this token. */
  io.grpc.Channel channel(String token) {
    Metadata headers = new Metadata();
    headers.put(AUTHORIZATION, "Bearer " + token);
    return ClientInterceptors.intercept(
        channel, MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  /** A channel that only this user is a member of, unless others join. */
  long channelOf(String user) {
    return channels.computeIfAbsent(user, u -> createChannel(u, "of-" + UUID.randomUUID()));
  }

  /** Makes a channel with this user as its only member. */
  public long createChannel(String user, String name) {
    Channel created =
        ChannelServiceGrpc.newBlockingStub(channel(token(user)))
            .createChannel(
                CreateChannelRequest.newBuilder().setWorkspaceId(WORKSPACE).setName(name).build())
            .getChannel();
    return created.getChannelId();
  }

  /** Makes the user a member of the channel. */
  public void join(String user, long channelId) {
    ChannelServiceGrpc.newBlockingStub(channel(token(user)))
        .joinChannel(JoinChannelRequest.newBuilder().setChannelId(channelId).build());
  }

  /** Makes each of the users a member of each of the channels. */
  public void joinAll(Collection<String> users, Collection<Long> channelIds) {
    ManyAtOnce.run(
        users.stream()
            .flatMap(user -> channelIds.stream().<Runnable>map(id -> () -> join(user, id)))
            .toList());
  }

  /** A token of this user's. */
  public String tokenOf(String user) {
    return token(user);
  }

  /** A connection of the caller's own to the edge, whose callbacks must not block. */
  public ManagedChannel dial() {
    try {
      return newChannelBuilder().directExecutor().build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The reference client, signed in as this user and not started yet. */
  public StarlingClient client(String user, ClientListener listener) {
    return clientBuilder(user, listener).build();
  }

  /** The same, told of the user's channels that are not in focus. */
  public StarlingClient clientWithBumps(String user, ClientListener listener) {
    return clientBuilder(user, listener).bumps(true).build();
  }

  /** The same, also sent what is said in the user's small channels. */
  StarlingClient clientWithPush(String user, ClientListener listener) {
    return clientBuilder(user, listener).push(true).build();
  }

  StarlingClientBuilder clientBuilder(String user, ClientListener listener) {
    return StarlingClient.builder()
        .target("localhost:" + edgePort())
        .trustedCertificates(authority)
        .tokens(() -> token(user))
        .device("test-" + user, "test", "1")
        .outboxBound(4096)
        .listener(listener);
  }

  /** An HTTP client that trusts the edge. */
  HttpClient https() {
    try {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null);
      var certificates = CertificateFactory.getInstance("X.509");
      store.setCertificateEntry(
          "edge", certificates.generateCertificate(new ByteArrayInputStream(authority)));
      var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      SSLContext tls = SSLContext.getInstance("TLS");
      tls.init(null, trust.getTrustManagers(), null);
      return HttpClient.newBuilder().sslContext(tls).build();
    } catch (GeneralSecurityException | IOException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    channel.shutdownNow();
    stack.close();
  }

  private ManagedChannelBuilder<?> newChannelBuilder() throws IOException {
    var credentials =
        TlsChannelCredentials.newBuilder()
            .trustManager(new ByteArrayInputStream(authority))
            .build();
    return Grpc.newChannelBuilder("localhost:" + edgePort(), credentials);
  }
}
