package chat.starling.cli;

import chat.starling.api.v1.ChannelOverride;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code starling overrides}: what a channel allows and denies roles and members. */
@Command(
    name = "overrides",
    description = "Lists what a channel allows and denies, and changes it.",
    subcommands = {
      OverridesCommand.Show.class,
      OverridesCommand.Set.class,
      OverridesCommand.Remove.class
    })
final class OverridesCommand {
  private static final String CHANNEL = "The channel's name.";
  private static final String LIST =
      "Names with commas between, such as view_channel,send_messages; or a mask in hexadecimal.";

  private OverridesCommand() {}

  private static void print(List<ChannelOverride> all, boolean json, PrintWriter out) {
    for (ChannelOverride one : all) {
      out.println(json ? DirectoryJson.of(one) : line(one));
    }
  }

  private static String line(ChannelOverride override) {
    String who =
        override.hasUserId() ? "user " + override.getUserId() : "role " + override.getRoleId();
    return who
        + ": allows "
        + PermissionNames.of(override.getAllow())
        + ", denies "
        + PermissionNames.of(override.getDeny());
  }

  /** {@code starling overrides list}. */
  @Command(name = "list", description = "Lists all overrides of a channel.")
  static final class Show extends ServerCommand {
    @Parameters(paramLabel = "CHANNEL", description = CHANNEL)
    private String channel = "";

    @Override
    void run(Connection to, PrintWriter out) throws InterruptedException {
      long id = to.channel(channel).getChannelId();
      print(Connection.answer(to.client().overrides().list(id)).getOverridesList(), json(), out);
    }
  }

  /** A command on the override that a channel has for somebody. */
  abstract static class OnOverride extends ServerCommand {
    @Parameters(paramLabel = "CHANNEL", description = CHANNEL)
    private String channel = "";

    @Option(names = "--role", paramLabel = "ROLE", description = "A role's name or id; everyone.")
    private String role = "";

    @Option(names = "--member", paramLabel = "USER", description = MembersCommand.USER)
    private String user = "";

    @Override
    final void run(Connection to, PrintWriter out) throws InterruptedException {
      if (role.isEmpty() == user.isEmpty()) {
        throw new Failure(Failure.USAGE, "either --role or --member");
      }
      long id = to.channel(channel).getChannelId();
      print(act(to, id, target(to)), json(), out);
    }

    private ChannelOverride.Builder target(Connection to) throws InterruptedException {
      ChannelOverride.Builder target = ChannelOverride.newBuilder();
      if (!user.isEmpty()) {
        return target.setUserId(new Members(to).id(user));
      }
      return target.setRoleId(
          role.equals("everyone") ? to.workspace() : RolesCommand.find(to, role).getRoleId());
    }

    abstract List<ChannelOverride> act(Connection to, long id, ChannelOverride.Builder target)
        throws InterruptedException;
  }

  /** {@code starling overrides set}. */
  @Command(name = "set", description = "Sets what a channel allows and denies a role or member.")
  static final class Set extends OnOverride {
    @Option(names = "--allow", paramLabel = "LIST", description = LIST)
    private String allow = "";

    @Option(names = "--deny", paramLabel = "LIST", description = LIST)
    private String deny = "";

    @Override
    List<ChannelOverride> act(Connection to, long id, ChannelOverride.Builder target)
        throws InterruptedException {
      target.setAllow(PermissionNames.mask(allow)).setDeny(PermissionNames.mask(deny));
      return Connection.answer(to.client().overrides().set(id, target.build(), ""));
    }
  }

  /** {@code starling overrides remove}. */
  @Command(name = "remove", description = "Removes what a channel has for a role or member.")
  static final class Remove extends OnOverride {
    @Override
    List<ChannelOverride> act(Connection to, long id, ChannelOverride.Builder target)
        throws InterruptedException {
      return Connection.answer(to.client().overrides().remove(id, target.build(), ""));
    }
  }
}
