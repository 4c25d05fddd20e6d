package chat.starling.cli;

import chat.starling.api.v1.AuditEntry;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code starling audit}: prints what was done in the workspace. */
@Command(name = "audit", description = "Prints what was done in the workspace, newest first.")
final class AuditCommand extends ServerCommand {
  @Option(
      names = {"-n", "--count"},
      paramLabel = "N",
      defaultValue = "50",
      description = "How many entries, 1 to 1000 (default: ${DEFAULT-VALUE}).")
  private int count = 50;

  @Override
  void run(Connection to, PrintWriter out) throws InterruptedException {
    var page = Connection.answer(to.client().audit().list(to.workspace(), count, ""));
    for (AuditEntry entry : page.getEntriesList()) {
      out.println(json() ? DirectoryJson.of(entry) : line(entry));
    }
  }

  private static String line(AuditEntry entry) {
    StringBuilder line =
        new StringBuilder()
            .append(Instant.ofEpochSecond(entry.getCreatedAt().getSeconds()))
            .append(' ')
            .append(entry.getActorId())
            .append(' ')
            .append(action(entry));
    append(line, "user", entry.getUserId());
    append(line, "role", entry.getRoleId());
    append(line, "channel", entry.getChannelId());
    entry
        .getDetailsMap()
        .forEach(
            (field, value) -> line.append(' ').append(field).append('=').append(Plain.line(value)));
    if (!entry.getReason().isEmpty()) {
      line.append(": ").append(Plain.line(entry.getReason()));
    }
    return line.toString();
  }

  /** {@code kick member}. */
  static String action(AuditEntry entry) {
    return switch (entry.getAction()) {
      case UNRECOGNIZED, AUDIT_ACTION_UNSPECIFIED -> "did something";
      default ->
          entry
              .getAction()
              .name()
              .substring("AUDIT_ACTION_".length())
              .toLowerCase(Locale.ROOT)
              .replace('_', ' ');
    };
  }

  private static void append(StringBuilder line, String what, long id) {
    if (id != 0) {
      line.append(' ').append(what).append(' ').append(id);
    }
  }
}
