package chat.starling.edge.chaos;

import chat.starling.devstack.process.LocalServer;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import io.grpc.CallOptions;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Who owns what, asked of the channel servers themselves over their internal protocol, of which the
 * lite classes know nothing: its few fields are read and written here by their numbers.
 */
public final class Owners implements AutoCloseable {

  private static final String PACKAGE = "starling.internal.v1.";
  private static final MethodDescriptor<byte[], byte[]> READ_EVENTS =
      method("FeedService", "ReadEvents");
  private static final MethodDescriptor<byte[], byte[]> GET_STATUS =
      method("OperationsService", "GetStatus");
  private static final int CHANNEL_FEED = 1;
  private static final int WORKSPACE_FEED = 2;
  private static final int LEASE_VALID = 4;
  private static final int SHARDS = 6;
  private static final int ALL_SHARDS = 4096;

  /**
   * Hashing gives each server nine tenths of a fair share at least; before that they still move.
   */
  private static final double LEAST_OF_FAIR = 0.8;

  private final Map<String, ManagedChannel> servers = new LinkedHashMap<>();

  /** Of these servers. */
  public Owners(List<LocalServer> channelServers) {
    for (LocalServer server : channelServers) {
      servers.put(
          server.name(),
          Grpc.newChannelBuilder(
                  "127.0.0.1:" + server.address().getPort(), InsecureChannelCredentials.create())
              .build());
    }
  }

  /**
   * Whether nothing moves any more: every server has its lease and about its fair share of the
   * shards, and all of them have an owner.
   */
  public boolean settled() {
    List<Status> all = servers.values().stream().map(Owners::status).toList();
    double fair = (double) ALL_SHARDS / all.size();
    return all.stream().allMatch(one -> one.lease && one.shards >= LEAST_OF_FAIR * fair)
        && all.stream().mapToInt(Status::shards).sum() == ALL_SHARDS;
  }

  /** What a server says of itself, as far as it matters here. */
  private record Status(boolean lease, int shards) {

    static Status parse(byte[] status) throws IOException {
      boolean lease = false;
      int shards = 0;
      CodedInputStream in = CodedInputStream.newInstance(status);
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        switch (WireFormat.getTagFieldNumber(tag)) {
          case LEASE_VALID -> lease = in.readBool();
          case SHARDS -> {
            in.skipField(tag);
            shards++;
          }
          default -> in.skipField(tag);
        }
      }
      return new Status(lease, shards);
    }
  }

  private static Status status(ManagedChannel server) {
    try {
      return Status.parse(call(server, GET_STATUS, new byte[0]));
    } catch (StatusRuntimeException e) {
      return new Status(false, 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Those of the channels whose feeds this server owns at this moment. */
  Set<Long> channelsOf(String server, List<Long> channels) {
    ManagedChannel asked = servers.get(server);
    return asked == null
        ? Set.of()
        : channels.stream().filter(id -> owns(asked, CHANNEL_FEED, id)).collect(Collectors.toSet());
  }

  /** The server that owns the workspace's feed at this moment; empty while none does. */
  Optional<String> ownerOfWorkspace(long workspaceId) {
    return servers.entrySet().stream()
        .filter(server -> owns(server.getValue(), WORKSPACE_FEED, workspaceId))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /** Only the owner of a feed reads from it; all others refuse. */
  private static boolean owns(ManagedChannel server, int kind, long id) {
    try {
      call(server, READ_EVENTS, readFirst(kind, id));
      return true;
    } catch (StatusRuntimeException e) {
      return false;
    }
  }

  private static byte[] call(
      ManagedChannel server, MethodDescriptor<byte[], byte[]> method, byte[] request) {
    var options = CallOptions.DEFAULT.withDeadlineAfter(5, TimeUnit.SECONDS);
    return ClientCalls.blockingUnaryCall(server, method, options, request);
  }

  private static byte[] readFirst(int kind, long id) {
    byte[] feed =
        Bytes.message(out -> {
          out.writeEnum(1, kind);
          out.writeInt64(2, id);
        });
    return Bytes.message(out -> {
      out.writeByteArray(1, feed);
      out.writeInt32(3, 1);
    });
  }

  private static MethodDescriptor<byte[], byte[]> method(String service, String name) {
    return MethodDescriptor.<byte[], byte[]>newBuilder()
        .setType(MethodDescriptor.MethodType.UNARY)
        .setFullMethodName(PACKAGE + service + "/" + name)
        .setRequestMarshaller(Bytes.MARSHALLER)
        .setResponseMarshaller(Bytes.MARSHALLER)
        .build();
  }

  @Override
  public void close() {
    servers.values().forEach(ManagedChannel::shutdownNow);
  }
}
