package chat.starling.cli;

import chat.starling.api.v1.Member;
import chat.starling.client.MemberCalls;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What is done to one member. */
final class ModerationCommands {

  private ModerationCommands() {}

  /** A command on one user, with a reason for the audit log. */
  abstract static class OnUser extends ServerCommand {
    @Parameters(index = "0", paramLabel = "USER", description = MembersCommand.USER)
    private String user = "";

    @Option(names = "--reason", paramLabel = "TEXT", description = "For the audit log.")
    private String reason = "";

    @Override
    final void run(Connection to, PrintWriter out) throws InterruptedException {
      Member after =
          Connection.answer(
              act(to.client().members(), to.workspace(), new Members(to).id(user), reason));
      MembersCommand.print(after, json(), out);
    }

    abstract CompletableFuture<Member> act(
        MemberCalls members, long workspace, long user, String reason);
  }

  /** {@code starling kick}. */
  @Command(name = "kick", description = "Removes a member, who may enter again.")
  static final class Kick extends OnUser {
    @Override
    CompletableFuture<Member> act(MemberCalls members, long workspace, long user, String reason) {
      return members.kick(workspace, user, reason);
    }
  }

  /** {@code starling ban}. */
  @Command(name = "ban", description = "Removes a user, member or not, until the ban is lifted.")
  static final class Ban extends OnUser {
    @Option(names = "--lift", description = "Lift the ban instead.")
    private boolean lift;

    @Override
    CompletableFuture<Member> act(MemberCalls members, long workspace, long user, String reason) {
      return lift ? members.liftBan(workspace, user, reason) : members.ban(workspace, user, reason);
    }
  }

  /** {@code starling timeout}. */
  @Command(name = "timeout", description = "Lets a member only see and read for a time.")
  static final class TimeOut extends OnUser {
    @Option(
        names = "--minutes",
        paramLabel = "N",
        defaultValue = "10",
        description = "How long, up to 40320, which is 28 days (default: ${DEFAULT-VALUE}).")
    private long minutes = 10;

    @Option(names = "--lift", description = "End the time-out instead.")
    private boolean lift;

    @Override
    CompletableFuture<Member> act(MemberCalls members, long workspace, long user, String reason) {
      return lift
          ? members.liftTimeOut(workspace, user, reason)
          : members.timeOut(
              workspace,
              user,
              System.currentTimeMillis() + Duration.ofMinutes(minutes).toMillis(),
              reason);
    }
  }

  /** {@code starling nick}. */
  @Command(name = "nick", description = "Changes a member's nickname.")
  static final class Nick extends OnUser {
    @Parameters(
        index = "1",
        paramLabel = "NICKNAME",
        arity = "0..1",
        description = "Up to 100 characters; none to remove it.")
    private String nickname = "";

    @Override
    CompletableFuture<Member> act(MemberCalls members, long workspace, long user, String reason) {
      return members.nickname(workspace, user, nickname);
    }
  }
}
