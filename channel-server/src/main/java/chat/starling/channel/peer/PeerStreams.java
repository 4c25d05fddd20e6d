package chat.starling.channel.peer;

import chat.starling.api.internal.v1.FeedServiceGrpc.FeedServiceStub;
import chat.starling.api.internal.v1.SubscribeRequest;
import chat.starling.channel.owner.Loop;
import chat.starling.channel.relay.Relays.Upstream;
import chat.starling.channel.relay.Stage;
import chat.starling.channel.relay.StageCodec;
import chat.starling.platform.ids.FeedId;
import chat.starling.platform.ring.Member;
import chat.starling.platform.ring.RingHolder;
import chat.starling.platform.ring.RingView;
import chat.starling.platform.settings.HostPort;
import com.linecorp.armeria.client.ClientFactory;
import com.linecorp.armeria.client.Endpoint;
import com.linecorp.armeria.client.grpc.GrpcClients;
import com.linecorp.armeria.common.SessionProtocol;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The streams on which this server subscribes at others: one to each that is needed, opened when it
 * is, and gone with its server. All on one loop.
 */
final class PeerStreams implements Upstream, AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(PeerStreams.class);
  private static final Duration CONNECT = Duration.ofSeconds(1);
  private static final Duration PING = Duration.ofSeconds(2);

  private final Map<String, PeerStream> streams = new HashMap<>();
  private final ClientFactory connections =
      ClientFactory.builder().connectTimeout(CONNECT).pingInterval(PING).build();
  private final String selfId;
  private final RingHolder ring;
  private final Loop loop;
  private final PeerStream.Events events;

  /**
   * @param selfId this server, as it tells the others
   */
  PeerStreams(String selfId, RingHolder ring, Loop loop, PeerStream.Events events) {
    this.selfId = selfId;
    this.ring = ring;
    this.loop = loop;
    this.events = events;
  }

  @Override
  public boolean add(String serverId, FeedId feed, OptionalLong afterSeq, Stage stage) {
    PeerStream stream = to(serverId);
    if (stream == null) {
      return false;
    }
    SubscribeRequest.Builder request = SubscribeRequest.newBuilder();
    var add = request.getAddBuilder().setStage(StageCodec.toMessage(stage)).setRelay(selfId);
    add.setFeed(FeedIds.toMessage(feed));
    afterSeq.ifPresent(add::setAfterSeq);
    stream.ask(request.build());
    return true;
  }

  @Override
  public void remove(String serverId, FeedId feed) {
    PeerStream stream = streams.get(serverId);
    if (stream != null) {
      SubscribeRequest.Builder request = SubscribeRequest.newBuilder();
      request.getRemoveBuilder().setFeed(FeedIds.toMessage(feed));
      stream.ask(request.build());
    }
  }

  /** Whether the stream is the one to its server now. */
  boolean isCurrent(PeerStream stream) {
    return streams.get(stream.to().serverId()) == stream;
  }

  /** Forgets a stream that has ended. */
  void drop(PeerStream stream) {
    streams.remove(stream.to().serverId(), stream);
  }

  /** The streams to servers that are not in the view, or have started anew. */
  List<PeerStream> strangers(RingView view) {
    return streams.values().stream()
        .filter(stream -> !view.has(stream.to().serverId(), stream.to().incarnation()))
        .toList();
  }

  /** Ends all connections. */
  @Override
  public void close() {
    connections.close();
  }

  private @Nullable PeerStream to(String serverId) {
    PeerStream stream = streams.get(serverId);
    return stream != null ? stream : ring.current().member(serverId).map(this::opened).orElse(null);
  }

  private @Nullable PeerStream opened(Member member) {
    try {
      PeerStream stream = new PeerStream(member, loop, events);
      stream.begin(stub(HostPort.parse(member.address())).subscribe(stream));
      streams.put(member.serverId(), stream);
      return stream;
    } catch (IllegalArgumentException e) {
      log.warn("{} cannot be called: {}", member, e.getMessage());
      return null;
    }
  }

  private FeedServiceStub stub(HostPort at) {
    return GrpcClients.builder(SessionProtocol.H2C, Endpoint.of(at.host(), at.port()))
        .factory(connections)
        .responseTimeout(Duration.ZERO)
        .maxResponseLength(0)
        .build(FeedServiceStub.class);
  }
}
