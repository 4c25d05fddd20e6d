package chat.starling.gateway.harness;

import chat.starling.gateway.Gateway;
import chat.starling.gateway.GatewaySettings;
import chat.starling.platform.settings.Settings;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A gateway with everything around it, by default one channel server. User 1 is Ada, of workspace
 * 1; channel 10 is hers.
 */
public final class Stage implements AutoCloseable {

  public static final long CHANNEL = 10;

  public final TestIssuer issuer;
  public final Fleet fleet;

  /** The first channel server. */
  public final FakeChannelServer channels;

  /** The way to it. */
  public final Cable cable;

  public final Gateway gateway;
  public final ManagedChannel client;
  public final String ada;
  private final Queue<ManagedChannel> dialed = new ConcurrentLinkedQueue<>();

  private Stage(int servers, Map<String, String> changes) throws IOException {
    issuer = new TestIssuer();
    fleet = new Fleet(servers);
    channels = fleet.server(0);
    cable = fleet.cable(0);
    channels.directory().channel(CHANNEL, 1, "general", 1L, 2L);
    gateway = Gateway.start(settings(changes));
    client = dial();
    ada = issuer.token(1, "Ada", 1L);
  }

  /** Starts everything, with these settings beside the usual ones. */
  public static Stage with(Map<String, String> settings) throws IOException {
    return new Stage(1, settings);
  }

  /** Starts everything with that many channel servers; the gateway is told of the first only. */
  public static Stage of(int servers, Map<String, String> settings) throws IOException {
    return new Stage(servers, settings);
  }

  /** A connection of its own, to the stage's end. */
  public ManagedChannel dial() {
    ManagedChannel channel =
        Grpc.newChannelBuilder("127.0.0.1:" + gateway.port(), InsecureChannelCredentials.create())
            .build();
    dialed.add(channel);
    return channel;
  }

  private GatewaySettings settings(Map<String, String> changes) {
    Map<String, String> texts = new HashMap<>();
    texts.put("environment", "development");
    texts.put("public.port", "0");
    texts.put("internal.port", "0");
    texts.put("channel-servers", fleet.address(0));
    texts.put("auth.issuer", TestIssuer.ISSUER);
    texts.put("auth.jwks-url", issuer.jwks().toString());
    texts.put("session.drain-lead", "0ms");
    texts.put("session.drain-window", "0ms");
    texts.put("rates.user-messages", "1000000");
    texts.putAll(changes);
    return Settings.load(GatewaySettings.class, null, Map.of(), texts).value();
  }

  @Override
  public void close() {
    dialed.forEach(ManagedChannel::shutdownNow);
    gateway.close();
    fleet.close();
    issuer.close();
  }
}
