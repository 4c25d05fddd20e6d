package chat.starling.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import chat.starling.api.internal.v1.ChannelObject;
import chat.starling.api.internal.v1.CreateChannelRequest;
import chat.starling.api.internal.v1.FindChannelsRequest;
import chat.starling.api.internal.v1.FindUsersRequest;
import chat.starling.api.internal.v1.GetChannelsRequest;
import chat.starling.api.internal.v1.GetUsersRequest;
import chat.starling.api.internal.v1.LookupServiceGrpc.LookupServiceBlockingStub;
import chat.starling.api.internal.v1.NameUsersRequest;
import chat.starling.api.internal.v1.UserKey;
import chat.starling.api.internal.v1.UserRecord;
import chat.starling.api.v1.Reason;
import chat.starling.platform.rpc.RefusalStatus;
import java.util.List;
import java.util.stream.LongStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Users and channels by batches and by beginnings, from a whole channel server. */
class LookupIT {

  private static TestServer server;
  private static LookupServiceBlockingStub calls;

  @BeforeAll
  static void start() {
    server = TestServer.start("lookup");
    calls = server.lookup();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void users_namedByTheirTokens_areFoundByIdAndByName() {
    NameUsersRequest.Builder names = NameUsersRequest.newBuilder();
    LongStream.rangeClosed(1, 200)
        .forEach(
            user -> names.addNamesBuilder().setUser(key(1, user)).setDisplayName("Bird " + user));
    var _ = calls.nameUsers(names.build());
    GetUsersRequest.Builder request = GetUsersRequest.newBuilder();
    LongStream.rangeClosed(101, 300).forEach(user -> request.addUsers(key(1, user)));
    assertThat(calls.getUsers(request.build()).getUsersList())
        .extracting(UserRecord::getDisplayName)
        .hasSize(100)
        .contains("Bird 101", "Bird 200");
    FindUsersRequest find =
        FindUsersRequest.newBuilder().setWorkspaceId(1).setPrefix("BIRD 1").setLimit(5).build();
    assertThat(calls.findUsers(find).getUsersList())
        .extracting(UserRecord::getDisplayName)
        .containsExactly("Bird 1", "Bird 10", "Bird 100", "Bird 101", "Bird 102");
  }

  @Test
  void channels_areFoundByIdAndByName() {
    long plans = create("plans");
    long plain = create("plain");
    create("other");
    assertThat(
            calls
                .getChannels(
                    GetChannelsRequest.newBuilder()
                        .addAllChannelIds(List.of(plans, plain, 404L))
                        .build())
                .getChannelsList())
        .extracting(found -> found.getRow().getName())
        .containsExactlyInAnyOrder("plans", "plain");
    FindChannelsRequest find =
        FindChannelsRequest.newBuilder().setWorkspaceId(2).setPrefix("Pla").setLimit(1).build();
    var first = calls.findChannels(find);
    assertThat(first.getChannelsList()).extracting(LookupIT::id).containsExactly(plain);
    var second =
        calls.findChannels(
            find.toBuilder()
                .setAfterName(first.getNextAfterName())
                .setAfterChannelId(first.getNextAfterChannelId())
                .build());
    assertThat(second.getChannelsList()).extracting(LookupIT::id).containsExactly(plans);
  }

  @Test
  void requests_thatAreWrong_areRefused() {
    GetUsersRequest.Builder many = GetUsersRequest.newBuilder();
    LongStream.rangeClosed(1, 201).forEach(user -> many.addUsers(key(1, user)));
    assertThat(reason(() -> calls.getUsers(many.build()))).isEqualTo(Reason.REASON_TOO_MANY);
    assertThat(
            reason(() -> calls.getUsers(GetUsersRequest.newBuilder().addUsers(key(0, 1)).build())))
        .isEqualTo(Reason.REASON_OUT_OF_RANGE);
    for (String prefix : new String[] {"", "x".repeat(81)}) {
      assertThat(
              reason(() ->
                  calls.findUsers(
                      FindUsersRequest.newBuilder()
                          .setWorkspaceId(1)
                          .setPrefix(prefix)
                          .setLimit(5)
                          .build())))
          .isEqualTo(Reason.REASON_OUT_OF_RANGE);
    }
  }

  private static Reason reason(ThrowingCallable call) {
    return RefusalStatus.fromThrowable(catchThrowable(call)).orElseThrow().getReason();
  }

  private static long create(String name) {
    return server
        .directory()
        .createChannel(
            CreateChannelRequest.newBuilder()
                .setWorkspaceId(2)
                .setName(name)
                .setCreatorId(7)
                .build())
        .getChannel()
        .getChannelId();
  }

  private static long id(ChannelObject found) {
    return found.getRow().getChannelId();
  }

  private static UserKey key(long workspace, long user) {
    return UserKey.newBuilder().setWorkspaceId(workspace).setUserId(user).build();
  }
}
