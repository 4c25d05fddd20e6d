package chat.starling.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import chat.starling.api.internal.v1.ChannelRecord;
import chat.starling.api.internal.v1.CreateChannelRequest;
import chat.starling.api.internal.v1.GetMembershipRequest;
import chat.starling.api.internal.v1.JoinChannelRequest;
import chat.starling.api.internal.v1.ListChannelsRequest;
import chat.starling.api.internal.v1.ListChannelsResponse;
import chat.starling.api.internal.v1.LookupChannelRequest;
import chat.starling.api.v1.Reason;
import chat.starling.api.v1.Refusal;
import chat.starling.platform.rpc.RefusalStatus;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DirectoryIT {

  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start("directory");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void create_bySameCreatorAgain_returnsTheSameChannel() {
    ChannelRecord first = create(1, "plans", 7);
    assertThat(create(1, "plans", 7)).isEqualTo(first);
    assertThat(create(2, "plans", 8).getChannelId()).isNotEqualTo(first.getChannelId());
    assertThat(
            RefusalStatus.fromThrowable(catchThrowable(() -> create(1, "plans", 8)))
                .map(Refusal::getReason))
        .contains(Reason.REASON_NAME_TAKEN);
    assertThat(
            server
                .directory()
                .lookupChannel(
                    LookupChannelRequest.newBuilder().setWorkspaceId(1).setName("plans").build())
                .getChannel())
        .isEqualTo(first);
  }

  @Test
  void join_makesAMember_andTwiceIsOnce() {
    long channel = create(3, "joined", 7).getChannelId();
    assertThat(member(channel, 9)).isFalse();
    for (int i = 0; i < 2; i++) {
      server
          .directory()
          .joinChannel(JoinChannelRequest.newBuilder().setChannelId(channel).setUserId(9).build());
    }
    assertThat(member(channel, 9)).isTrue();
    assertThat(list(3, 9, 10)).extracting(ChannelRecord::getName).containsExactly("joined");
  }

  @Test
  void list_byPages_meetsEveryChannelOnce() {
    List<Long> made = new ArrayList<>();
    for (int i = 0; i < 23; i++) {
      made.add(create(4, "channel-" + i, i % 2 == 0 ? 7 : 8).getChannelId());
    }
    List<Long> sevens = new ArrayList<>();
    for (int i = 0; i < 23; i += 2) {
      sevens.add(made.get(i));
    }
    for (int size : new int[] {1, 5, 23, 1000}) {
      assertThat(list(4, 0, size))
          .extracting(ChannelRecord::getChannelId)
          .containsExactlyInAnyOrderElementsOf(made);
      assertThat(list(4, 7, size))
          .extracting(ChannelRecord::getChannelId)
          .containsExactlyInAnyOrderElementsOf(sevens);
    }
    assertThat(list(5, 0, 10)).isEmpty();
  }

  private static List<ChannelRecord> list(long workspace, long member, int size) {
    List<ChannelRecord> channels = new ArrayList<>();
    String token = "";
    do {
      ListChannelsResponse page =
          server
              .directory()
              .listChannels(
                  ListChannelsRequest.newBuilder()
                      .setWorkspaceId(workspace)
                      .setMemberId(member)
                      .setPageSize(size)
                      .setPageToken(token)
                      .build());
      assertThat(page.getChannelsCount()).isLessThanOrEqualTo(size);
      channels.addAll(page.getChannelsList());
      token = page.getNextPageToken();
    } while (!token.isEmpty());
    return channels;
  }

  private static ChannelRecord create(long workspace, String name, long creator) {
    return server
        .directory()
        .createChannel(
            CreateChannelRequest.newBuilder()
                .setWorkspaceId(workspace)
                .setName(name)
                .setCreatorId(creator)
                .build())
        .getChannel();
  }

  private static boolean member(long channel, long user) {
    return server
        .directory()
        .getMembership(
            GetMembershipRequest.newBuilder().setChannelId(channel).setUserId(user).build())
        .getMember();
  }
}
