package chat.starling.gateway.harness;

import chat.starling.api.internal.v1.ChannelObject;
import chat.starling.api.internal.v1.ChannelRecord;
import chat.starling.api.internal.v1.ChannelRow;
import chat.starling.api.internal.v1.FindChannelsRequest;
import chat.starling.api.internal.v1.FindChannelsResponse;
import chat.starling.api.internal.v1.FindUsersRequest;
import chat.starling.api.internal.v1.FindUsersResponse;
import chat.starling.api.internal.v1.GetChannelsRequest;
import chat.starling.api.internal.v1.GetChannelsResponse;
import chat.starling.api.internal.v1.GetUsersRequest;
import chat.starling.api.internal.v1.GetUsersResponse;
import chat.starling.api.internal.v1.LookupServiceGrpc.LookupServiceImplBase;
import chat.starling.api.internal.v1.MemberRow;
import chat.starling.api.internal.v1.NameUsersRequest;
import chat.starling.api.internal.v1.NameUsersResponse;
import chat.starling.api.internal.v1.UserKey;
import chat.starling.api.internal.v1.UserRecord;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Users and channels in memory, as the lookup of a channel server shows them. */
public final class FakeLookup extends LookupServiceImplBase {

  private final FakeDirectory directory;
  private final Map<UserKey, UserRecord> users = new HashMap<>();
  private final List<Integer> reads = new ArrayList<>();
  private int namings;
  private @Nullable FakeWorkspaces workspaces;

  FakeLookup(FakeDirectory directory) {
    this.directory = directory;
  }

  public synchronized void user(long workspaceId, MemberRow row, String displayName) {
    users.put(
        key(workspaceId, row.getUserId()),
        UserRecord.newBuilder()
            .setWorkspaceId(workspaceId)
            .setMember(row)
            .setDisplayName(displayName)
            .build());
  }

  public synchronized Optional<UserRecord> user(long workspaceId, long userId) {
    return Optional.ofNullable(users.get(key(workspaceId, userId)));
  }

  /** Channels are as these have them. */
  synchronized void channelsOf(FakeWorkspaces all) {
    workspaces = all;
  }

  /** How many users each read was about. */
  public synchronized List<Integer> reads() {
    return List.copyOf(reads);
  }

  /** How many names came. */
  public synchronized int namings() {
    return namings;
  }

  @Override
  public synchronized void getUsers(
      GetUsersRequest request, StreamObserver<GetUsersResponse> answer) {
    reads.add(request.getUsersCount());
    GetUsersResponse.Builder found = GetUsersResponse.newBuilder();
    request.getUsersList().stream()
        .flatMap(key -> Optional.ofNullable(users.get(key)).stream())
        .forEach(found::addUsers);
    FakeChannelServer.answer(answer, found.build());
  }

  @Override
  public synchronized void getChannels(
      GetChannelsRequest request, StreamObserver<GetChannelsResponse> answer) {
    GetChannelsResponse.Builder found = GetChannelsResponse.newBuilder();
    request.getChannelIdsList().stream()
        .flatMap(id -> directory.record(id).stream())
        .forEach(record -> found.addChannels(object(record)));
    FakeChannelServer.answer(answer, found.build());
  }

  @Override
  public synchronized void nameUsers(
      NameUsersRequest request, StreamObserver<NameUsersResponse> answer) {
    for (NameUsersRequest.UserName name : request.getNamesList()) {
      namings++;
      UserKey key = name.getUser();
      MemberRow row =
          users.containsKey(key)
              ? users.get(key).getMember()
              : MemberRow.newBuilder().setUserId(key.getUserId()).build();
      user(key.getWorkspaceId(), row, name.getDisplayName());
    }
    FakeChannelServer.answer(answer, NameUsersResponse.getDefaultInstance());
  }

  @Override
  public synchronized void findUsers(
      FindUsersRequest request, StreamObserver<FindUsersResponse> answer) {
    FindUsersResponse.Builder found = FindUsersResponse.newBuilder();
    users.values().stream()
        .filter(user -> user.getWorkspaceId() == request.getWorkspaceId())
        .filter(user -> user.getDisplayName().startsWith(request.getPrefix()))
        .sorted(Comparator.comparing(UserRecord::getDisplayName))
        .limit(request.getLimit())
        .forEach(found::addUsers);
    FakeChannelServer.answer(answer, found.build());
  }

  @Override
  public synchronized void findChannels(
      FindChannelsRequest request, StreamObserver<FindChannelsResponse> answer) {
    Map<String, ChannelObject> all = new TreeMap<>();
    directory.channelsOf(request.getWorkspaceId()).stream()
        .flatMap(id -> directory.record(id).stream())
        .filter(record -> record.getName().startsWith(request.getPrefix()))
        .filter(record -> record.getName().compareTo(request.getAfterName()) > 0)
        .forEach(record -> all.put(record.getName(), object(record)));
    FindChannelsResponse.Builder page = FindChannelsResponse.newBuilder();
    all.values().stream().limit(request.getLimit()).forEach(page::addChannels);
    if (all.size() > request.getLimit()) {
      ChannelRow last = page.getChannels(request.getLimit() - 1).getRow();
      page.setNextAfterName(last.getName()).setNextAfterChannelId(last.getChannelId());
    }
    FakeChannelServer.answer(answer, page.build());
  }

  private ChannelObject object(ChannelRecord record) {
    ChannelObject object =
        Objects.requireNonNull(workspaces).object(record.getWorkspaceId(), record.getChannelId());
    ChannelObject.Builder named = object.toBuilder();
    named.getRowBuilder().setName(record.getName());
    return named.build();
  }

  private static UserKey key(long workspaceId, long userId) {
    return UserKey.newBuilder().setWorkspaceId(workspaceId).setUserId(userId).build();
  }
}
