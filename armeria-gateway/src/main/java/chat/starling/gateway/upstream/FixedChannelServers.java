package chat.starling.gateway.upstream;

import chat.starling.gateway.delivery.Follower;
import chat.starling.platform.settings.HostPort;
import com.linecorp.armeria.client.ClientFactory;
import java.time.Duration;
import java.util.List;

/**
 * Channel servers from the settings. A channel belongs to one of them by its id, for as long as the
 * list stays as it is.
 */
public final class FixedChannelServers implements ChannelServers, AutoCloseable {

  private record Server(ChannelServer calls, SubscribeStream stream) {}

  private final List<Server> servers;

  /**
   * Connects to every server, and goes on trying.
   *
   * @param timeout of a unary call
   * @param connections makes the connections, on its event loops
   */
  public FixedChannelServers(
      List<HostPort> addresses, Duration timeout, ClientFactory connections) {
    servers =
        addresses.stream()
            .map(address ->
                new Server(
                    new GrpcChannelServer(address, timeout, connections),
                    new SubscribeStream(address, connections.eventLoopGroup().next(), connections)))
            .toList();
  }

  @Override
  public ChannelServer owner(long channelId) {
    return server(channelId).calls();
  }

  @Override
  public ChannelServer any() {
    return servers.getFirst().calls();
  }

  @Override
  public void follow(long channelId, Follower follower) {
    server(channelId).stream().follow(channelId, follower);
  }

  @Override
  public void unfollow(long channelId, Follower follower) {
    server(channelId).stream().unfollow(channelId, follower);
  }

  @Override
  public void close() {
    servers.forEach(server -> server.stream().close());
  }

  private Server server(long channelId) {
    return servers.get((int) Math.floorMod(channelId, (long) servers.size()));
  }
}
