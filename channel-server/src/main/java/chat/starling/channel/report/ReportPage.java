package chat.starling.channel.report;

import chat.starling.api.internal.v1.ReportRow;
import java.util.List;

/**
 * Some reports, newest first.
 *
 * @param next the id before which the next page goes on; 0 when there is none
 */
public record ReportPage(List<ReportRow> reports, long next) {

  /** Reports that do not change. */
  public ReportPage {
    reports = List.copyOf(reports);
  }
}
