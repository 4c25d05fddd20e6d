package chat.starling.gateway.harness;

import chat.starling.api.internal.v1.ChannelKind;
import chat.starling.api.internal.v1.ChannelRecord;
import chat.starling.api.internal.v1.ChannelRow;
import chat.starling.api.internal.v1.CountMembersRequest;
import chat.starling.api.internal.v1.CountMembersResponse;
import chat.starling.api.internal.v1.DirectoryServiceGrpc.DirectoryServiceImplBase;
import chat.starling.api.internal.v1.GetMembershipRequest;
import chat.starling.api.internal.v1.GetMembershipResponse;
import chat.starling.api.internal.v1.ListChannelMembersRequest;
import chat.starling.api.internal.v1.ListChannelMembersResponse;
import chat.starling.api.internal.v1.ListMembershipsRequest;
import chat.starling.api.internal.v1.ListMembershipsResponse;
import chat.starling.api.internal.v1.LookupChannelRequest;
import chat.starling.api.internal.v1.LookupChannelResponse;
import chat.starling.api.internal.v1.ScanChannelsRequest;
import chat.starling.api.internal.v1.ScanChannelsResponse;
import chat.starling.api.v1.Reason;
import chat.starling.platform.refusal.Refuse;
import chat.starling.platform.rpc.RefusalStatus;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Channels and members in memory. */
public final class FakeDirectory extends DirectoryServiceImplBase {

  private record Member(long channelId, long userId) {}

  private final Map<Long, ChannelRecord> channels = new HashMap<>();
  private final Set<Member> members = new HashSet<>();
  private final FakeLookup lookup = new FakeLookup(this);
  private boolean unavailable;

  /** Makes a channel with members. */
  public synchronized void channel(long id, long workspace, String name, Long... users) {
    channels.put(
        id,
        ChannelRecord.newBuilder()
            .setChannelId(id)
            .setWorkspaceId(workspace)
            .setName(name)
            .build());
    List.of(users).forEach(user -> members.add(new Member(id, user)));
  }

  /** Has a channel be of this kind. */
  synchronized void kind(long id, ChannelKind kind) {
    channels.computeIfPresent(id, (same, record) -> record.toBuilder().setKind(kind).build());
  }

  /** Makes the user a member as if another gateway had. */
  public synchronized void join(long channelId, long user) {
    members.add(new Member(channelId, user));
  }

  /** The user is a member no more. */
  public synchronized void leave(long channelId, long user) {
    members.remove(new Member(channelId, user));
  }

  FakeLookup lookup() {
    return lookup;
  }

  /** The channel's workspace; 0 when there is no such channel. */
  synchronized long workspaceOf(long channelId) {
    ChannelRecord channel = channels.get(channelId);
    return channel == null ? 0 : channel.getWorkspaceId();
  }

  synchronized Optional<ChannelRecord> record(long channelId) {
    return Optional.ofNullable(channels.get(channelId));
  }

  synchronized List<Long> channelsOf(long workspaceId) {
    return channels.values().stream()
        .filter(channel -> channel.getWorkspaceId() == workspaceId)
        .map(ChannelRecord::getChannelId)
        .toList();
  }

  synchronized void setUnavailable(boolean now) {
    unavailable = now;
  }

  /** Makes a channel with a creator, or refuses with NAME_TAKEN. */
  synchronized long create(long workspace, String name, long creator) {
    if (find(workspace, name).isPresent()) {
      throw Refuse.because(Reason.REASON_NAME_TAKEN).field("name").value(name).toException();
    }
    long id = 9_007_199_254_740_993L + channels.size();
    channel(id, workspace, name, creator);
    return id;
  }

  @Override
  public synchronized void lookupChannel(
      LookupChannelRequest request, StreamObserver<LookupChannelResponse> answer) {
    find(request.getWorkspaceId(), request.getName())
        .ifPresentOrElse(
            found ->
                FakeChannelServer.answer(
                    answer, LookupChannelResponse.newBuilder().setChannel(found).build()),
            () -> notFound(answer));
  }

  @Override
  public synchronized void scanChannels(
      ScanChannelsRequest request, StreamObserver<ScanChannelsResponse> answer) {
    List<ChannelRecord> rest =
        channels.values().stream()
            .filter(channel -> channel.getWorkspaceId() == request.getWorkspaceId())
            .filter(channel -> channel.getKind() != ChannelKind.CHANNEL_KIND_DIRECT)
            .filter(channel -> channel.getChannelId() > request.getFrom())
            .sorted(Comparator.comparingLong(ChannelRecord::getChannelId))
            .toList();
    ScanChannelsResponse.Builder page = ScanChannelsResponse.newBuilder();
    rest.stream().limit(request.getLimit()).forEach(channel -> page.addChannels(row(channel)));
    if (rest.size() > request.getLimit()) {
      page.setNext(rest.get(request.getLimit() - 1).getChannelId());
    }
    FakeChannelServer.answer(answer, page.build());
  }

  private static ChannelRow row(ChannelRecord channel) {
    return ChannelRow.newBuilder()
        .setChannelId(channel.getChannelId())
        .setName(channel.getName())
        .setKind(channel.getKind())
        .build();
  }

  @Override
  public synchronized void getMembership(
      GetMembershipRequest request, StreamObserver<GetMembershipResponse> answer) {
    ChannelRecord channel = channels.get(request.getChannelId());
    if (unavailable) {
      answer.onError(Status.UNAVAILABLE.asRuntimeException());
    } else if (channel == null) {
      notFound(answer);
    } else {
      FakeChannelServer.answer(
          answer,
          GetMembershipResponse.newBuilder()
              .setChannel(channel)
              .setMember(members.contains(new Member(request.getChannelId(), request.getUserId())))
              .build());
    }
  }

  @Override
  public synchronized void listMemberships(
      ListMembershipsRequest request, StreamObserver<ListMembershipsResponse> answer) {
    if (unavailable) {
      answer.onError(Status.UNAVAILABLE.asRuntimeException());
      return;
    }
    List<Long> all =
        channelsOf(request.getWorkspaceId()).stream()
            .filter(channel -> members.contains(new Member(channel, request.getUserId())))
            .filter(channel -> channel > request.getAfterChannelId())
            .sorted()
            .toList();
    FakeChannelServer.answer(
        answer,
        ListMembershipsResponse.newBuilder()
            .addAllChannelIds(all.subList(0, Math.min(all.size(), request.getLimit())))
            .setMore(all.size() > request.getLimit())
            .build());
  }

  @Override
  public synchronized void listChannelMembers(
      ListChannelMembersRequest request, StreamObserver<ListChannelMembersResponse> answer) {
    List<Long> rest =
        members.stream()
            .filter(member -> member.channelId == request.getChannelId())
            .map(Member::userId)
            .filter(user -> user > request.getAfterUserId())
            .sorted()
            .toList();
    List<Long> page = rest.subList(0, Math.min(rest.size(), request.getLimit()));
    FakeChannelServer.answer(
        answer,
        ListChannelMembersResponse.newBuilder()
            .addAllUserIds(page)
            .setNextAfterUserId(page.size() < rest.size() ? page.getLast() : 0)
            .build());
  }

  @Override
  public synchronized void countMembers(
      CountMembersRequest request, StreamObserver<CountMembersResponse> answer) {
    if (unavailable) {
      answer.onError(Status.UNAVAILABLE.asRuntimeException());
      return;
    }
    long all =
        members.stream().filter(member -> member.channelId == request.getChannelId()).count();
    FakeChannelServer.answer(
        answer,
        CountMembersResponse.newBuilder()
            .setMembers((int) Math.min(all, request.getMost() + 1))
            .build());
  }

  private Optional<ChannelRecord> find(long workspace, String name) {
    return channels.values().stream()
        .filter(channel -> channel.getWorkspaceId() == workspace && channel.getName().equals(name))
        .findFirst();
  }

  private static void notFound(StreamObserver<?> answer) {
    answer.onError(
        RefusalStatus.toException(
            Refuse.because(Reason.REASON_CHANNEL_NOT_FOUND).field("channel_id").build()));
  }
}
