package chat.starling.cli;

import chat.starling.api.v1.Member;
import chat.starling.api.v1.Role;
import chat.starling.api.v1.UpdateRoleRequest;
import java.io.PrintWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code starling roles}: lists the roles of the workspace, and changes them. */
@Command(
    name = "roles",
    description = "Lists the roles of the workspace, the highest first.",
    subcommands = {
      RolesCommand.Create.class,
      RolesCommand.Edit.class,
      RolesCommand.Delete.class,
      RolesCommand.Give.class,
      RolesCommand.Take.class
    })
final class RolesCommand extends ServerCommand {
  private static final String ROLE = "A role's name or id.";
  private static final String PERMISSIONS =
      "Names with commas between, such as kick_members,view_audit_log; or a mask in hexadecimal.";

  @Override
  void run(Connection to, PrintWriter out) throws InterruptedException {
    for (Role role :
        all(to).stream().sorted((a, b) -> b.getPosition() - a.getPosition()).toList()) {
      print(role, json(), out);
    }
  }

  private static List<Role> all(Connection to) throws InterruptedException {
    return Connection.answer(to.client().roles().list(to.workspace())).getRolesList();
  }

  /** The role of this name or id. */
  static Role find(Connection to, String name) throws InterruptedException {
    List<Role> found =
        all(to).stream()
            .filter(
                role -> role.getName().equals(name) || Long.toString(role.getRoleId()).equals(name))
            .toList();
    if (found.size() != 1) {
      throw new Failure(
          Failure.REFUSED,
          (found.isEmpty() ? "no role " : found.size() + " roles ")
              + Plain.line(name)
              + "; see: starling roles");
    }
    return found.getFirst();
  }

  private static void print(Role role, boolean json, PrintWriter out) {
    String name = role.getName().isEmpty() ? "everyone" : Plain.line(role.getName());
    out.println(
        json
            ? DirectoryJson.of(role)
            : role.getPosition()
                + " "
                + name
                + " ("
                + role.getRoleId()
                + "): "
                + PermissionNames.of(role.getPermissions()));
  }

  /** {@code starling roles create}. */
  @Command(name = "create", description = "Makes a role that nobody has yet.")
  static final class Create extends ServerCommand {
    @Parameters(paramLabel = "NAME", description = "1 to 100 characters.")
    private String name = "";

    @Option(
        names = "--position",
        paramLabel = "N",
        defaultValue = "1",
        description = "1 to 250; the higher stands above (default: ${DEFAULT-VALUE}).")
    private int position = 1;

    @Option(names = "--permissions", paramLabel = "LIST", description = PERMISSIONS)
    private String permissions = "";

    @Override
    void run(Connection to, PrintWriter out) throws InterruptedException {
      long mask = PermissionNames.mask(permissions);
      print(
          Connection.answer(to.client().roles().create(to.workspace(), name, position, mask, "")),
          json(),
          out);
    }
  }

  /** {@code starling roles edit}. */
  @Command(name = "edit", description = "Changes what is given of a role.")
  static final class Edit extends ServerCommand {
    @Parameters(paramLabel = "ROLE", description = ROLE)
    private String role = "";

    @Option(names = "--name", paramLabel = "NAME", description = "1 to 100 characters.")
    private @Nullable String name;

    @Option(names = "--position", paramLabel = "N", description = "1 to 250.")
    private @Nullable Integer position;

    @Option(names = "--permissions", paramLabel = "LIST", description = PERMISSIONS)
    private @Nullable String permissions;

    @Override
    void run(Connection to, PrintWriter out) throws InterruptedException {
      Role before = find(to, role);
      UpdateRoleRequest.Builder request =
          UpdateRoleRequest.newBuilder()
              .setWorkspaceId(to.workspace())
              .setRoleId(before.getRoleId())
              .setExpectedVersion(before.getVersion());
      if (name != null) {
        request.setName(name);
      }
      if (position != null) {
        request.setPosition(position);
      }
      if (permissions != null) {
        request.setPermissions(PermissionNames.mask(permissions));
      }
      print(Connection.answer(to.client().roles().update(request.build())), json(), out);
    }
  }

  /** {@code starling roles delete}. */
  @Command(name = "delete", description = "Deletes a role and all its overrides.")
  static final class Delete extends ServerCommand {
    @Parameters(paramLabel = "ROLE", description = ROLE)
    private String role = "";

    @Override
    void run(Connection to, PrintWriter out) throws InterruptedException {
      Connection.answer(to.client().roles().delete(to.workspace(), find(to, role).getRoleId(), ""));
      out.println(json() ? "{}" : "deleted");
    }
  }

  /** {@code starling roles give}. */
  @Command(name = "give", description = "Gives a member a role.")
  static final class Give extends ServerCommand {
    @Parameters(index = "0", paramLabel = "ROLE", description = ROLE)
    private String role = "";

    @Parameters(index = "1", paramLabel = "USER", description = MembersCommand.USER)
    private String user = "";

    @Override
    void run(Connection to, PrintWriter out) throws InterruptedException {
      Member after =
          Connection.answer(
              to.client()
                  .roles()
                  .give(to.workspace(), new Members(to).id(user), find(to, role).getRoleId(), ""));
      MembersCommand.print(after, json(), out);
    }
  }

  /** {@code starling roles take}. */
  @Command(name = "take", description = "Takes a role from a member.")
  static final class Take extends ServerCommand {
    @Parameters(index = "0", paramLabel = "ROLE", description = ROLE)
    private String role = "";

    @Parameters(index = "1", paramLabel = "USER", description = MembersCommand.USER)
    private String user = "";

    @Override
    void run(Connection to, PrintWriter out) throws InterruptedException {
      Member after =
          Connection.answer(
              to.client()
                  .roles()
                  .take(to.workspace(), new Members(to).id(user), find(to, role).getRoleId(), ""));
      MembersCommand.print(after, json(), out);
    }
  }
}
