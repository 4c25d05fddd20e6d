package chat.starling.cli;

import chat.starling.api.v1.Invitation;
import chat.starling.api.v1.ListInvitationsResponse;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code starling invitations}: lists invitations; makes, revokes and accepts them. */
@Command(
    name = "invitations",
    description = "Lists the invitations that can be accepted: yours, or all if you may.",
    subcommands = {
      InvitationsCommand.Create.class,
      InvitationsCommand.ListAll.class,
      InvitationsCommand.Revoke.class,
      InvitationsCommand.Accept.class
    })
final class InvitationsCommand extends ServerCommand {

  @Override
  void run(Connection to, PrintWriter out) throws InterruptedException {
    list(to, json(), out);
  }

  private static void list(Connection to, boolean json, PrintWriter out)
      throws InterruptedException {
    String token = "";
    do {
      ListInvitationsResponse page =
          Connection.answer(to.client().invitations().list(to.workspace(), token));
      page.getInvitationsList().forEach(one -> print(one, json, out));
      token = page.getNextPageToken();
    } while (!token.isEmpty());
  }

  private static void print(Invitation one, boolean json, PrintWriter out) {
    if (json) {
      out.println(DirectoryJson.of(one));
      return;
    }
    out.println(
        "%d %s: used %s, until %s, by %d, roles %s"
            .formatted(
                one.getInvitationId(),
                one.getCode().isEmpty() ? "(code hidden)" : Plain.line(one.getCode()),
                one.getMaxUses() == 0 ? one.getUses() : one.getUses() + " of " + one.getMaxUses(),
                Json.time(one.getExpiresAt()),
                one.getCreatedBy(),
                one.getRoleIdsList()));
  }

  /** {@code starling invitations create}. */
  @Command(name = "create", description = "Makes an invitation and shows its code.")
  static final class Create extends ServerCommand {
    @Option(
        names = "--role",
        paramLabel = "ROLE",
        description = "A role's name or id, that whoever accepts gets; up to 10 times.")
    private List<String> roles = new ArrayList<>();

    @Option(
        names = "--max-uses",
        paramLabel = "N",
        description = "How many may accept it, up to 1000 (default: any number).")
    private int maxUses;

    @Option(
        names = "--expires-after",
        paramLabel = "DURATION",
        defaultValue = "P7D",
        description = "Such as PT1H or P30D, the most (default: ${DEFAULT-VALUE}).")
    private Duration expiresAfter = Duration.ofDays(7);

    @Override
    void run(Connection to, PrintWriter out) throws InterruptedException {
      List<Long> ids = new ArrayList<>();
      for (String role : roles) {
        ids.add(RolesCommand.find(to, role).getRoleId());
      }
      print(
          Connection.answer(
              to.client().invitations().create(to.workspace(), ids, maxUses, expiresAfter)),
          json(),
          out);
    }
  }

  /** {@code starling invitations list}. */
  @Command(name = "list", description = "As without a command.")
  static final class ListAll extends ServerCommand {
    @Override
    void run(Connection to, PrintWriter out) throws InterruptedException {
      list(to, json(), out);
    }
  }

  /** {@code starling invitations revoke}. */
  @Command(name = "revoke", description = "Ends an invitation.")
  static final class Revoke extends ServerCommand {
    @Parameters(paramLabel = "ID", description = "As `starling invitations` shows it.")
    private long invitation;

    @Option(names = "--reason", paramLabel = "TEXT", description = "For the audit log.")
    private String reason = "";

    @Override
    void run(Connection to, PrintWriter out) throws InterruptedException {
      Connection.answer(to.client().invitations().revoke(to.workspace(), invitation, reason));
      out.println(json() ? "{}" : "revoked");
    }
  }

  /** {@code starling invitations accept}. */
  @Command(name = "accept", description = "Makes you a member by a code.")
  static final class Accept extends ServerCommand {
    @Parameters(paramLabel = "CODE", description = "As whoever invites you has it.")
    private String code = "";

    @Override
    void run(Connection to, PrintWriter out) throws InterruptedException {
      WorkspaceCommand.print(
          Connection.answer(to.client().invitations().accept(to.workspace(), code.strip())),
          json(),
          out);
    }
  }
}
