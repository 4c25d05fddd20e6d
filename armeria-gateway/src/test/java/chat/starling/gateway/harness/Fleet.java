package chat.starling.gateway.harness;

import chat.starling.platform.ids.FeedId;
import chat.starling.platform.ring.Member;
import chat.starling.platform.ring.MemberState;
import chat.starling.platform.ring.RingView;
import chat.starling.platform.ring.Shard;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/** Channel servers of one ring over one store, each at the end of a cable. */
public final class Fleet implements AutoCloseable {

  private final List<FakeChannelServer> servers = new ArrayList<>();
  private final List<Cable> cables = new ArrayList<>();
  private final FakeDirectory directory = new FakeDirectory();
  private final FakeAdministration administration = new FakeAdministration(directory);
  private RingView view = RingView.EMPTY;
  private long lastChannel = 100_000;

  Fleet(int size) throws IOException {
    FakeLogs logs = new FakeLogs();
    for (int i = 0; i < size; i++) {
      servers.add(new FakeChannelServer(logs, directory, administration));
      cables.add(new Cable(servers.get(i).port()));
    }
    ring(IntStream.range(0, size).toArray());
  }

  /** Returns once the gateway goes by all that has happened in a workspace, whoever owns it. */
  public void awaitGoneBy(long workspace) {
    servers.forEach(server -> server.awaitGoneBy(workspace));
  }

  public FakeChannelServer server(int index) {
    return servers.get(index);
  }

  public Cable cable(int index) {
    return cables.get(index);
  }

  /** Where the gateway reaches the server: the near end of its cable. */
  public String address(int index) {
    return "127.0.0.1:" + cables.get(index).port();
  }

  /** From now on these are the ring, and they know it; the others go by the ring they had. */
  public void ring(int... members) {
    view = next(members);
    for (int i : members) {
      tell(i);
    }
  }

  /** The server has started anew at its address; everybody knows it. */
  public void restart(int index) {
    Member again = view.member("channel-" + index).orElseThrow();
    view =
        view.with(
            new Member(
                again.serverId(),
                again.incarnation() + 1,
                again.address(),
                again.state(),
                again.worker()));
    view.members().forEach(member -> tell(index(member)));
  }

  /** From now on these are the ring, but nobody has been told. */
  public void ringUntold(int... members) {
    view = next(members);
  }

  /** Tells one server of the ring. */
  public void tell(int index) {
    servers.get(index).join(address(index), view);
  }

  public long version() {
    return view.version();
  }

  /** The server that the ring gives the channel to. */
  public int owner(long channel) {
    Member owner = Objects.requireNonNull(view.ownerOf(Shard.of(FeedId.channel(channel))));
    return index(owner);
  }

  /** The server that the ring gives the workspace to. */
  public int workspaceOwner(long workspace) {
    return index(Objects.requireNonNull(view.ownerOf(Shard.of(FeedId.workspace(workspace)))));
  }

  /** A new channel of Ada's that the ring gives to this server. */
  public long channelOf(int index) {
    do {
      lastChannel++;
    } while (owner(lastChannel) != index);
    directory.channel(lastChannel, 1, "c" + lastChannel, 1L);
    return lastChannel;
  }

  private static int index(Member member) {
    return Integer.parseInt(member.serverId().substring("channel-".length()));
  }

  private RingView next(int... members) {
    return new RingView(
        view.version() + 1,
        IntStream.of(members)
            .mapToObj(i -> new Member("channel-" + i, 1, address(i), MemberState.ACTIVE, i))
            .toList());
  }

  @Override
  public void close() {
    cables.forEach(Cable::close);
    servers.forEach(FakeChannelServer::close);
  }
}
