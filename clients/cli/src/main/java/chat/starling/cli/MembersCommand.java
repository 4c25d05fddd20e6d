package chat.starling.cli;

import chat.starling.api.v1.Member;
import java.io.PrintWriter;
import java.time.Instant;
import picocli.CommandLine.Command;

/** {@code starling members}: lists the members of the workspace. */
@Command(name = "members", description = "Lists the members of the workspace.")
final class MembersCommand extends ServerCommand {
  static final String USER = "A user id, or a name as `starling members` shows it.";

  @Override
  void run(Connection to, PrintWriter out) throws InterruptedException {
    new Members(to).forEach((member, name) -> print(member, name, json(), out));
  }

  static void print(Member member, boolean json, PrintWriter out) {
    print(member, member.getNickname(), json, out);
  }

  private static void print(Member member, String name, boolean json, PrintWriter out) {
    if (json) {
      out.println(DirectoryJson.of(member));
      return;
    }
    StringBuilder line = new StringBuilder().append(member.getUserId());
    if (!name.isEmpty()) {
      line.append(' ').append(Plain.line(name));
    }
    switch (member.getState()) {
      case MEMBER_STATE_LEFT -> line.append(", not a member any more");
      case MEMBER_STATE_BANNED -> line.append(", banned");
      case MEMBER_STATE_UNSPECIFIED, UNRECOGNIZED -> line.append(", not entered");
      case MEMBER_STATE_MEMBER -> {}
    }
    if (member.getRoleIdsCount() > 0) {
      line.append(", roles ").append(member.getRoleIdsList());
    }
    if (member.hasTimedOutUntil()) {
      line.append(", timed out until ")
          .append(Instant.ofEpochSecond(member.getTimedOutUntil().getSeconds()));
    }
    out.println(line);
  }
}
