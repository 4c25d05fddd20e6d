package chat.starling.client;

import chat.starling.api.v1.Device;
import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.TlsChannelCredentials;
import io.grpc.stub.MetadataUtils;
import io.opentelemetry.api.OpenTelemetry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/** The options of a {@link StarlingClient}. Target, tokens and device have no default. */
public final class StarlingClientBuilder {
  /**
   * A history page of 1000 messages of 4000 code points in four bytes each, and room for the rest.
   */
  private static final int LARGEST_ANSWER = 20 * 1024 * 1024;

  private static final Metadata.Key<String> WORKSPACE =
      Metadata.Key.of("x-starling-workspace", Metadata.ASCII_STRING_MARSHALLER);

  private @Nullable String target;
  private @Nullable TokenSource tokens;
  private @Nullable Device device;
  private @Nullable ScheduledExecutorService executor;
  private ChannelCredentials credentials = TlsChannelCredentials.create();
  private ClientListener listener = new ClientListener() {};
  private OpenTelemetry openTelemetry = OpenTelemetry.noop();
  private int outboxBound = 256;
  private @Nullable Duration heartbeatInterval;
  private @Nullable Duration eventTick;
  private boolean bumps;
  private boolean push;
  private boolean users;
  private long workspace;

  StarlingClientBuilder() {}

  /** Where the edge is: {@code host:port} or any gRPC target. */
  public StarlingClientBuilder target(String hostAndPort) {
    this.target = hostAndPort;
    return this;
  }

  /**
   * The certificates to trust, in PEM, instead of the system's.
   *
   * @throws IllegalArgumentException when it holds no certificate that can be read
   */
  public StarlingClientBuilder trustedCertificates(byte[] pem) {
    try {
      credentials =
          TlsChannelCredentials.newBuilder().trustManager(new ByteArrayInputStream(pem)).build();
      return this;
    } catch (IOException | RuntimeException e) {
      throw new IllegalArgumentException("trustedCertificates: not PEM certificates", e);
    }
  }

  /** No TLS: for a test or a network that encrypts by itself. */
  public StarlingClientBuilder plaintext() {
    this.credentials = InsecureChannelCredentials.create();
    return this;
  }

  /** Where tokens come from. */
  public StarlingClientBuilder tokens(TokenSource source) {
    this.tokens = source;
    return this;
  }

  /**
   * The device as the operators see it, each at most 64 characters; the id is stable for one
   * installation.
   */
  public StarlingClientBuilder device(String id, String platform, String appVersion) {
    this.device =
        Device.newBuilder().setDeviceId(id).setPlatform(platform).setAppVersion(appVersion).build();
    return this;
  }

  /** Who is told what happens; nobody by default. */
  public StarlingClientBuilder listener(ClientListener told) {
    this.listener = told;
    return this;
  }

  /**
   * The most unacked messages that are held; 256 by default, at least 1. What comes beyond is
   * refused.
   */
  public StarlingClientBuilder outboxBound(int bound) {
    if (bound < 1) {
      throw new IllegalArgumentException("outboxBound: " + bound + " (expected: at least 1)");
    }
    this.outboxBound = bound;
    return this;
  }

  /**
   * How often this device would like to send heartbeats: rarely spares a phone's radio, often
   * notices a lost network soon. The server keeps it within its own bounds; by default it decides.
   */
  public StarlingClientBuilder heartbeatInterval(Duration wanted) {
    if (wanted.isNegative() || wanted.isZero()) {
      throw new IllegalArgumentException(
          "heartbeatInterval: " + wanted + " (expected: more than nothing)");
    }
    this.heartbeatInterval = wanted;
    return this;
  }

  /**
   * How long events may wait for others on their way to this device, to come in one frame with
   * them: a radio wakes up more seldom. At most five seconds; the first event after a quiet moment
   * never waits. By default the server decides.
   */
  public StarlingClientBuilder eventTick(Duration longest) {
    if (longest.isNegative()) {
      throw new IllegalArgumentException("eventTick: " + longest + " (expected: 0 or more)");
    }
    this.eventTick = longest;
    return this;
  }

  /** Has the server tell of the user's channels that are not in focus; off by default. */
  public StarlingClientBuilder bumps(boolean on) {
    this.bumps = on;
    return this;
  }

  /**
   * Has the server send what is said in the user's small channels without a focus on them, and tell
   * of all others by bumps; off by default. For a program that runs in the foreground.
   */
  public StarlingClientBuilder push(boolean on) {
    this.push = on;
    return this;
  }

  /**
   * Has the server tell who those are that write: by {@link ClientListener#onUsers} and with pages
   * of history; off by default.
   */
  public StarlingClientBuilder users(boolean on) {
    this.users = on;
    return this;
  }

  /**
   * The workspace that the client will mostly look at: the edge prefers the same few gateways for
   * all of one workspace, which then know it. A hint: it permits nothing, and 0 is none.
   */
  public StarlingClientBuilder workspace(long id) {
    this.workspace = id;
    return this;
  }

  /** Traces messages sent and received; off by default. */
  public StarlingClientBuilder openTelemetry(OpenTelemetry telemetry) {
    this.openTelemetry = telemetry;
    return this;
  }

  /**
   * A thread to share with other clients, instead of one of its own. It must be a single one, and
   * is not ended by {@link StarlingClient#close}.
   */
  public StarlingClientBuilder executor(ScheduledExecutorService singleThread) {
    this.executor = singleThread;
    return this;
  }

  /** The client, not started yet. */
  public StarlingClient build() {
    Objects.requireNonNull(target, "target");
    return new StarlingClient(this);
  }

  TokenSource tokens() {
    return Objects.requireNonNull(tokens, "tokens");
  }

  Device device() {
    return Objects.requireNonNull(device, "device");
  }

  ClientListener listener() {
    return listener;
  }

  @Nullable Duration heartbeatInterval() {
    return heartbeatInterval;
  }

  @Nullable Duration eventTick() {
    return eventTick;
  }

  OpenTelemetry openTelemetry() {
    return openTelemetry;
  }

  int outboxBound() {
    return outboxBound;
  }

  boolean bumps() {
    return bumps;
  }

  boolean push() {
    return push;
  }

  boolean users() {
    return users;
  }

  @Nullable ScheduledExecutorService executor() {
    return executor;
  }

  /** Callbacks run on the transport's threads, which only pass them on to the client's. */
  ManagedChannel newChannel() {
    return Grpc.newChannelBuilder(Objects.requireNonNull(target, "target"), credentials)
        .directExecutor()
        .maxInboundMessageSize(LARGEST_ANSWER)
        .intercept(MetadataUtils.newAttachHeadersInterceptor(headers()))
        .build();
  }

  private Metadata headers() {
    Metadata headers = new Metadata();
    if (workspace > 0) {
      headers.put(WORKSPACE, Long.toString(workspace));
    }
    return headers;
  }
}
