package chat.starling.channel.workspace;

import chat.starling.api.internal.v1.Act;
import chat.starling.api.internal.v1.Filter;
import chat.starling.api.internal.v1.FiltersRow;
import chat.starling.api.v1.Reason;
import chat.starling.platform.permission.Permission;
import chat.starling.platform.refusal.Refuse;

/** What may not be said in a workspace, and who says so. */
record FilterActs(ActRules rules, Workspace workspace) {

  private static final int MOST = 100;
  private static final int LONGEST = 200;

  Outcome decide(Act.SetFilters act) {
    rules.require(Permission.MANAGE_WORKSPACE);
    if (act.getFiltersCount() > MOST) {
      throw Refuse.because(Reason.REASON_TOO_MANY)
          .field("act.set_filters.filters")
          .value(act.getFiltersCount())
          .expected("at most " + MOST)
          .toException();
    }
    act.getFiltersList().forEach(FilterActs::check);
    FiltersRow next = FiltersRow.newBuilder().addAllFilters(act.getFiltersList()).build();
    return next.equals(workspace.filters()) ? Outcome.NOTHING : Outcome.of(Outcome.change(next));
  }

  private static void check(Filter filter) {
    int length = filter.getText().codePointCount(0, filter.getText().length());
    if (length < 1 || length > LONGEST) {
      throw Refuse.because(Reason.REASON_OUT_OF_RANGE)
          .field("act.set_filters.filters")
          .value(length + " code points")
          .expected("1.." + LONGEST + " code points")
          .toException();
    }
  }
}
