package chat.starling.cli;

import chat.starling.api.v1.Workspace;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code starling workspace}: shows the workspace; founds, enters and leaves it. */
@Command(
    name = "workspace",
    description = "Shows the workspace and what you may do there.",
    subcommands = {
      WorkspaceCommand.Found.class,
      WorkspaceCommand.Enter.class,
      WorkspaceCommand.Leave.class,
      WorkspaceCommand.Transfer.class
    })
final class WorkspaceCommand extends ServerCommand {

  @Override
  void run(Connection to, PrintWriter out) throws InterruptedException {
    print(Connection.answer(to.client().workspaces().get(to.workspace())), json(), out);
  }

  static void print(Workspace workspace, boolean json, PrintWriter out) {
    if (json) {
      out.println(DirectoryJson.of(workspace));
      return;
    }
    out.println(
        workspace.getOwnerId() == 0
            ? "workspace " + workspace.getWorkspaceId() + ", which nobody has founded"
            : Plain.line(workspace.getName()) + ", owner " + workspace.getOwnerId());
    out.println("you may " + PermissionNames.of(workspace.getMyPermissions()));
  }

  /** {@code starling workspace found}. */
  @Command(
      name = "found",
      description = "Makes you the owner of a workspace that has none; your token must say so.")
  static final class Found extends ServerCommand {
    @Parameters(paramLabel = "NAME", description = "1 to 100 characters.")
    private String name = "";

    @Override
    void run(Connection to, PrintWriter out) throws InterruptedException {
      print(Connection.answer(to.client().workspaces().found(to.workspace(), name)), json(), out);
    }
  }

  /** {@code starling workspace enter}. */
  @Command(name = "enter", description = "Makes you a member.")
  static final class Enter extends ServerCommand {
    @Override
    void run(Connection to, PrintWriter out) throws InterruptedException {
      print(Connection.answer(to.client().workspaces().enter(to.workspace())), json(), out);
    }
  }

  /** {@code starling workspace leave}. */
  @Command(name = "leave", description = "Ends your membership, and with it roles and nickname.")
  static final class Leave extends ServerCommand {
    @Override
    void run(Connection to, PrintWriter out) throws InterruptedException {
      Connection.answer(to.client().workspaces().leave(to.workspace()));
      out.println(json() ? "{}" : "left");
    }
  }

  /** {@code starling workspace transfer}. */
  @Command(name = "transfer", description = "Makes another member the owner in your place.")
  static final class Transfer extends ServerCommand {
    @Parameters(paramLabel = "USER", description = MembersCommand.USER)
    private String user = "";

    @Override
    void run(Connection to, PrintWriter out) throws InterruptedException {
      long id = new Members(to).id(user);
      print(
          Connection.answer(to.client().workspaces().transferOwnership(to.workspace(), id, "")),
          json(),
          out);
    }
  }
}
