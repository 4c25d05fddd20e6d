package chat.starling.gateway.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import chat.starling.api.v1.ServerFrame;
import chat.starling.api.v1.User;
import chat.starling.api.v1.Users;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class AcquaintanceTest {

  private final List<Users> said = new ArrayList<>();
  private final Acquaintance client = new Acquaintance(notice -> said.add(users(notice)));

  @Test
  void introduce_sameTwice_isToldOnce() {
    client.introduce(introduction(1, 5, 11));
    client.introduce(introduction(1, 5, 11));
    assertThat(said).hasSize(1);
    assertThat(said.getFirst().getWorkspaceId()).isEqualTo(1);
    assertThat(said.getFirst().getUsers(0).getUserId()).isEqualTo(5);
  }

  @Test
  void introduce_changedOrInAnotherWorkspace_isToldAgain() {
    client.introduce(introduction(1, 5, 11));
    client.introduce(introduction(1, 5, 12));
    client.introduce(introduction(2, 5, 12));
    assertThat(said).hasSize(3);
  }

  @Test
  void introduce_whatItWasBefore_isToldAgain() {
    client.introduce(introduction(1, 5, 11));
    client.introduce(introduction(1, 5, 12));
    client.introduce(introduction(1, 5, 11));
    assertThat(said).hasSize(3);
  }

  @Test
  void introduce_several_tellsStrangersInOneFrame() {
    client.introduce(introduction(1, 5, 11));
    client.introduce(List.of(introduction(1, 5, 11), introduction(1, 6, 1), introduction(1, 7, 1)));
    assertThat(said.getLast().getUsersList()).extracting(User::getUserId).containsExactly(6L, 7L);
    client.introduce(List.of(introduction(1, 5, 11)));
    assertThat(said).hasSize(2);
  }

  @Test
  void introduce_moreThanItRemembers_tellsTheFirstAgain_notTheLast() {
    Introduction last = introduction(1, 9_999, 3);
    LongStream.range(1, 5_000).forEach(id -> client.introduce(introduction(1, id, id)));
    client.introduce(last);
    said.clear();
    client.introduce(last);
    assertThat(said).isEmpty();
    client.introduce(introduction(1, 1, 1));
    assertThat(said).hasSize(1);
  }

  @Test
  void meet_isToldWhomItLacks_andOnlyOnce() {
    Introduced others = new Introduced();
    LongStream.rangeClosed(1, 100).forEach(id -> others.add(introduction(1, id, id)));
    client.introduce(introduction(1, 100, 100));
    said.clear();
    assertThat(client.meet(others)).isTrue();
    assertThat(said.getFirst().getUsersList())
        .extracting(User::getUserId)
        .containsExactlyElementsOf(LongStream.range(101 - Introduced.KEPT, 100).boxed().toList());
    assertThat(client.meet(others)).isFalse();
    assertThat(said).hasSize(1);
  }

  @Test
  void met_togetherWithOthers_isNotToldAgain() {
    Introduced others = new Introduced();
    assertThat(others.add(introduction(1, 5, 10))).isTrue();
    assertThat(others.add(introduction(1, 5, 11))).isTrue();
    assertThat(others.add(introduction(1, 5, 11))).isFalse();
    client.met(others);
    client.introduce(introduction(1, 5, 11));
    assertThat(client.meet(others)).isFalse();
    assertThat(said).isEmpty();
  }

  private static Introduction introduction(long workspace, long id, long version) {
    return new Introduction(
        workspace,
        User.newBuilder().setUserId(id).setVersion(version * 0x9E3779B97F4A7C15L).build());
  }

  private static Users users(Notice notice) {
    byte[] wire = notice.wire();
    try {
      return ServerFrame.parseFrom(ByteString.copyFrom(wire, 5, wire.length - 5)).getUsers();
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }
}
