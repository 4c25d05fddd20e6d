package chat.starling.cli;

import static org.assertj.core.api.Assertions.assertThat;

import chat.starling.api.v1.MemberState;
import chat.starling.client.testing.MemoryServer;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The commands on workspaces, roles, members and channels, against a server in memory. */
class ModerationTest {
  private final MemoryServer server;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  ModerationTest() throws IOException {
    server = MemoryServer.start();
    server.workspace().enter(70, "bob");
    server.workspace().enter(71, "");
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void workspace_foundedAndShown_saysWhatOneMay() {
    assertThat(run("workspace")).isZero();
    assertThat(out.toString()).contains("nobody has founded");
    assertThat(run("workspace found", "Birds")).isZero();
    assertThat(out.toString()).contains("Birds, owner 7", "administrator,kick_members");
  }

  @Test
  void roles_createEditGive_areByName() {
    assertThat(run("roles create", "wardens", "--position", "5", "--permissions", "kick_members"))
        .isZero();
    assertThat(run("roles edit", "wardens", "--name", "keepers")).isZero();
    assertThat(run("roles give", "keepers", "bob")).isZero();
    assertThat(out.toString())
        .contains("5 wardens (101): kick_members", "5 keepers (101): kick_members", "roles [101]");
    out.getBuffer().setLength(0);
    assertThat(run("roles", "--json")).isZero();
    assertThat(out.toString().lines())
        .hasSize(2)
        .first()
        .asString()
        .startsWith("{\"role_id\":\"101\",\"name\":\"keepers\",\"position\":5,");
  }

  @Test
  void message_reportedAndSettled_isListedUntilThen() {
    server.channels().create("general");
    assertThat(run("report", "--channel", "general", "1001", "--reason", "not nice")).isZero();
    assertThat(run("reports")).isZero();
    assertThat(out.toString()).contains("501 open: message 1001", "rude", "    7: not nice");
    assertThat(run("reports settle", "501", "upheld")).isZero();
    out.getBuffer().setLength(0);
    assertThat(run("reports")).isZero();
    assertThat(out.toString()).isEmpty();
    assertThat(run("reports", "--all", "--json")).isZero();
    assertThat(out.toString())
        .contains("\"state\":\"upheld\"", "\"settled_by\":\"7\"", "\"message_id\":\"1001\"");
  }

  @Test
  void invitation_createdAndAccepted_isListedUntilItIsRevoked() {
    assertThat(run("roles create", "wardens")).isZero();
    out.getBuffer().setLength(0);
    assertThat(run("invitations create", "--role", "wardens", "--max-uses", "3")).isZero();
    assertThat(out.toString())
        .isEqualTo("701 code-701: used 0 of 3, until 1970-01-08T00:00:00Z, by 7, roles [101]\n");
    assertThat(run("invitations accept", "code-701")).isZero();
    assertThat(out.toString()).contains("Birds, owner 7");
    assertThat(run("invitations accept", "code-9")).isEqualTo(1);
    out.getBuffer().setLength(0);
    assertThat(run("invitations list", "--json")).isZero();
    assertThat(out.toString())
        .startsWith("{\"invitation_id\":\"701\",\"code\":\"code-701\",\"role_ids\":[\"101\"]");
    assertThat(run("invitations revoke", "701")).isZero();
    out.getBuffer().setLength(0);
    assertThat(run("invitations")).isZero();
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void message_deleted_hasNoTextInHistory() {
    long general = server.channels().create("general");
    server.channels().post(general, "bob", "rude", ByteString.EMPTY, "");
    assertThat(run("delete", "--channel", "general", "1001")).isZero();
    assertThat(run("history", "--channel", "general")).isZero();
    assertThat(out.toString()).endsWith("bob: (deleted by a moderator)\n").doesNotContain("rude");
  }

  @Test
  void roles_unknownPermission_isAWrongUsage() {
    assertThat(run("roles create", "x", "--permissions", "fly")).isEqualTo(2);
    assertThat(err.toString()).contains("no permission fly", "kick_members");
    assertThat(run("roles give", "nobody", "70")).isEqualTo(1);
    assertThat(err.toString()).contains("no role nobody");
  }

  @Test
  void members_listed_areThoseOfAllPages() {
    assertThat(run("members")).isZero();
    assertThat(out.toString().lines()).containsExactly("70 bob", "71 user 71");
  }

  @Test
  void members_named_areFoundByWhatTheyAreCalled() {
    server.workspace().enter(72, "bob");
    assertThat(run("find", "bo", "--limit", "1")).isZero();
    assertThat(out.toString().lines()).containsExactly("70 bob");
    assertThat(run("kick", "bob")).isEqualTo(1);
    assertThat(err.toString()).contains("bob may be any of 70, 72");
    assertThat(run("kick", "bo")).isEqualTo(1);
    assertThat(err.toString()).contains("nobody is called bo");
    assertThat(run("kick", "user 71")).isZero();
  }

  @Test
  void channelMembers_listed_areThoseOfAllPages() {
    assertThat(run("channels create", "plans")).isZero();
    out.getBuffer().setLength(0);
    assertThat(run("channels members", "plans")).isZero();
    assertThat(out.toString().lines()).containsExactly("70 bob", "71 user 71");
  }

  @Test
  void overrides_setListedRemoved_areOfWhomOneNames() {
    assertThat(run("channels create", "plans")).isZero();
    out.getBuffer().setLength(0);
    assertThat(run("overrides set", "plans", "--role", "everyone", "--deny", "send_messages"))
        .isZero();
    assertThat(run("overrides set", "plans", "--member", "bob", "--allow", "send_messages"))
        .isZero();
    out.getBuffer().setLength(0);
    assertThat(run("overrides list", "plans")).isZero();
    assertThat(out.toString().lines())
        .containsExactly(
            "role 1: allows nothing, denies send_messages",
            "user 70: allows send_messages, denies nothing");
    out.getBuffer().setLength(0);
    assertThat(run("overrides remove", "plans", "--role", "everyone", "--json")).isZero();
    assertThat(out.toString().lines())
        .containsExactly("{\"user_id\":\"70\",\"allow\":\"send_messages\",\"deny\":\"nothing\"}");
    assertThat(run("overrides remove", "plans")).isEqualTo(2);
  }

  @Test
  void kick_byNickname_removesAndIsInTheLog() {
    assertThat(run("kick", "bob", "--reason", "noise")).isZero();
    assertThat(server.workspace().member(70).getState()).isEqualTo(MemberState.MEMBER_STATE_LEFT);
    assertThat(run("kick", "70")).isEqualTo(1);
    assertThat(err.toString()).contains("MEMBER_NOT_FOUND");
    assertThat(run("audit")).isZero();
    assertThat(out.toString()).contains("7 kick member user 70: noise");
    assertThat(run("audit", "--json")).isZero();
    assertThat(out.toString()).contains("\"action\":\"kick_member\",\"role_id\":\"0\"");
  }

  @Test
  void banTimeoutNick_changeTheMember() {
    assertThat(run("nick", "bob", "robert")).isZero();
    assertThat(run("timeout", "robert", "--minutes", "5", "--json")).isZero();
    assertThat(run("ban", "71")).isZero();
    assertThat(server.workspace().member(70).hasTimedOutUntil()).isTrue();
    assertThat(out.toString()).contains("70 robert", "\"timed_out_until\":", "71, banned");
    assertThat(run("kick", "nobody")).isEqualTo(1);
    assertThat(err.toString()).contains("nobody is called nobody");
  }

  @Test
  void channels_rename_isOfTheChannelOfThatName() {
    server.channels().create("general");
    assertThat(run("channels rename", "#general", "nests")).isZero();
    assertThat(run("channels")).isZero();
    assertThat(out.toString().lines()).containsExactly("#nests", "#nests");
    assertThat(run("channels create", "x", "--private", "--announcement")).isEqualTo(2);
  }

  @Test
  void masks_byNameAndNumber_areTheSame() {
    assertThat(PermissionNames.mask("kick_members, SEND_MESSAGES")).isEqualTo(0x40020);
    assertThat(PermissionNames.mask("0x40020")).isEqualTo(0x40020);
    assertThat(PermissionNames.mask("")).isZero();
    assertThat(PermissionNames.of(0x40020)).isEqualTo("kick_members,send_messages");
    assertThat(PermissionNames.of(0)).isEqualTo("nothing");
  }

  private int run(String command, String... args) {
    List<String> all = new ArrayList<>(List.of(command.split(" ", -1)));
    all.addAll(List.of("--edge", server.target(), "--plaintext"));
    all.addAll(List.of(args));
    CommandLine line = Main.commandLine(Map.of("STARLING_TOKEN", "alice"));
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    return line.execute(all.toArray(new String[0]));
  }
}
