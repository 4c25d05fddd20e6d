package chat.starling.channel.workspace;

import chat.starling.api.internal.v1.Act;
import chat.starling.api.internal.v1.ReportState;
import chat.starling.api.internal.v1.WorkspaceChange;
import chat.starling.api.v1.Reason;
import chat.starling.platform.permission.Permission;
import chat.starling.platform.refusal.Refuse;

/** What becomes of reports, and who says so. */
record ReportActs(ActRules rules) {

  Outcome decide(Act.SettleReport act, long actorId) {
    rules.require(Permission.HANDLE_REPORTS);
    if (act.getReportId() <= 0) {
      throw outOfRange("report_id", act.getReportId(), "1..9223372036854775807");
    }
    if (act.getState() != ReportState.REPORT_STATE_UPHELD
        && act.getState() != ReportState.REPORT_STATE_DISMISSED) {
      throw outOfRange("state", act.getStateValue(), "REPORT_STATE_UPHELD, REPORT_STATE_DISMISSED");
    }
    WorkspaceChange.Builder change = WorkspaceChange.newBuilder();
    change
        .getReportBuilder()
        .setReportId(act.getReportId())
        .setState(act.getState())
        .setSettledBy(actorId);
    return Outcome.of(change.build());
  }

  private static RuntimeException outOfRange(String field, long value, String expected) {
    return Refuse.because(Reason.REASON_OUT_OF_RANGE)
        .field("act.settle_report." + field)
        .value(value)
        .expected(expected)
        .toException();
  }
}
