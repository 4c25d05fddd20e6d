package chat.starling.cli;

import chat.starling.api.v1.ListReportsResponse;
import chat.starling.api.v1.Report;
import chat.starling.api.v1.ReportState;
import java.io.PrintWriter;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What is done about messages that should not be there. */
final class ReportCommands {

  private ReportCommands() {}

  /** A command on one message of a channel. */
  abstract static class OnMessage extends ServerCommand {
    @Option(names = "--channel", paramLabel = "NAME", required = true, description = "Whose.")
    private String channel = "";

    @Parameters(
        index = "0",
        paramLabel = "ID",
        description = "The message's, as `history --json` shows it.")
    private long message;

    @Override
    final void run(Connection to, PrintWriter out) throws InterruptedException {
      act(to, to.channel(channel).getChannelId(), message);
    }

    abstract void act(Connection to, long channelId, long messageId) throws InterruptedException;
  }

  /** {@code starling delete}. */
  @Command(name = "delete", description = "Takes a message's text away for good.")
  static final class Delete extends OnMessage {
    @Override
    void act(Connection to, long channelId, long messageId) throws InterruptedException {
      Connection.answer(to.client().moderation().delete(channelId, messageId));
    }
  }

  /** {@code starling report}. */
  @Command(name = "report", description = "Reports a message to those who handle reports.")
  static final class ReportMessage extends OnMessage {
    @Option(
        names = "--reason",
        paramLabel = "TEXT",
        description = "What is wrong with it, up to 200 characters.")
    private String reason = "";

    @Override
    void act(Connection to, long channelId, long messageId) throws InterruptedException {
      Connection.answer(to.client().moderation().report(channelId, messageId, reason));
    }
  }

  /** {@code starling reports}. */
  @Command(
      name = "reports",
      description = "Lists reported messages that nobody has settled, newest first.",
      subcommands = Settle.class)
  static final class Reports extends ServerCommand {
    @Option(names = "--all", description = "The settled ones too.")
    private boolean all;

    @Override
    void run(Connection to, PrintWriter out) throws InterruptedException {
      ReportState state =
          all ? ReportState.REPORT_STATE_UNSPECIFIED : ReportState.REPORT_STATE_OPEN;
      String token = "";
      do {
        ListReportsResponse page =
            Connection.answer(to.client().moderation().reports(to.workspace(), state, token));
        page.getReportsList().forEach(report -> print(report, json(), out));
        token = page.getNextPageToken();
      } while (!token.isEmpty());
    }
  }

  /** {@code starling reports settle}. */
  @Command(name = "settle", description = "Says what became of a report.")
  static final class Settle extends ServerCommand {
    @Parameters(index = "0", paramLabel = "ID", description = "As `starling reports` shows it.")
    private long report;

    @Parameters(index = "1", paramLabel = "VERDICT", description = "upheld or dismissed.")
    private String verdict = "";

    @Option(names = "--reason", paramLabel = "TEXT", description = "For the audit log.")
    private String reason = "";

    @Override
    void run(Connection to, PrintWriter out) throws InterruptedException {
      ReportState state =
          switch (verdict) {
            case "upheld" -> ReportState.REPORT_STATE_UPHELD;
            case "dismissed" -> ReportState.REPORT_STATE_DISMISSED;
            default -> throw new Failure(Failure.USAGE, "a report is upheld or dismissed");
          };
      print(
          Connection.answer(to.client().moderation().settle(to.workspace(), report, state, reason)),
          json(),
          out);
    }
  }

  /** {@code open}. */
  static String state(Report report) {
    return report.getState().name().replaceFirst("^REPORT_STATE_", "").toLowerCase(Locale.ROOT);
  }

  private static void print(Report report, boolean json, PrintWriter out) {
    if (json) {
      out.println(DirectoryJson.of(report));
      return;
    }
    var message = report.getMessage();
    out.println(
        "%d %s: message %d of %s (%d) in channel %d: %s"
            .formatted(
                report.getReportId(),
                state(report),
                message.getMessageId(),
                Plain.line(message.getAuthor().getDisplayName()),
                message.getAuthor().getUserId(),
                message.getChannelId(),
                Plain.line(message.getText())));
    for (Report.Reporter one : report.getReportersList()) {
      out.println("    " + one.getUserId() + ": " + Plain.line(one.getReason()));
    }
  }
}
