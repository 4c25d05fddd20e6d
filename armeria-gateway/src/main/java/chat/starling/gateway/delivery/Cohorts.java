package chat.starling.gateway.delivery;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The cohorts that a channel's viewers on one event loop have formed, one for each connection. */
final class Cohorts {

  private final List<Cohort> cohorts = new ArrayList<>(0);
  private final Ticker ticker;
  private final int kept;
  private final Consumer<ChannelView> alone;
  private @Nullable Recent recent;
  private @Nullable Introduced introduced;

  /**
   * @param kept events that a session is to keep for a resume; a power of two
   * @param alone takes those who stand alone again
   */
  Cohorts(Ticker ticker, int kept, Consumer<ChannelView> alone) {
    this.alone = alone;
    this.ticker = ticker;
    this.kept = kept;
  }

  /**
   * Takes a viewer in who gets this seq next; false when its connection's cohort is not even, or
   * when the viewer has yet to be sent whom the others know.
   */
  boolean adopt(ChannelView view, Lane lane, long seq) {
    Acquaintance own = view.acquaintance();
    if (own != null && own.meet(introduced())) {
      return false;
    }
    Cohort cohort = of(lane.trunk(), own == null ? null : introduced());
    if (!cohort.isEven() || (cohort.count() > 0 && cohort.next() != seq)) {
      return false;
    }
    cohort.add(view, lane, seq);
    return true;
  }

  /** Tells those who want it who somebody is, unless they were told lately. */
  void introduce(Introduction one) {
    if (introduced().add(one)) {
      for (Cohort cohort : cohorts) {
        cohort.tell(one);
      }
    }
  }

  /** The next event for all. One that is not the next of a cohort lets that one's viewers go. */
  void offer(Parcel parcel) {
    if (recent != null) {
      recent.add(parcel);
    }
    for (int i = cohorts.size() - 1; i >= 0; i--) {
      Cohort cohort = cohorts.get(i);
      if (cohort.count() == 0) {
        cohorts.remove(i);
      } else if (parcel.seq() == cohort.next()) {
        cohort.offer(parcel);
      } else if (parcel.seq() > cohort.next()) {
        cohort.dissolve();
      }
    }
  }

  /** Lets those go who may not be sent the channel's events any more. */
  void check() {
    for (Cohort cohort : cohorts) {
      cohort.check();
    }
  }

  /** Lets all go who do not have everything up to this seq. */
  void dissolveBehind(long seq) {
    cohorts.stream().filter(cohort -> cohort.next() <= seq).forEach(Cohort::dissolve);
  }

  /** Viewers in all of them. */
  int count() {
    int count = 0;
    for (Cohort cohort : cohorts) {
      count += cohort.count();
    }
    return count;
  }

  private Introduced introduced() {
    Introduced made = introduced;
    if (made == null) {
      made = new Introduced();
      introduced = made;
    }
    return made;
  }

  private Cohort of(Trunk trunk, @Nullable Introduced told) {
    for (Cohort cohort : cohorts) {
      if (cohort.isOf(trunk, told)) {
        return cohort;
      }
    }
    Recent shared = recent;
    if (shared == null) {
      shared = new Recent(kept);
      recent = shared;
    }
    Cohort made = new Cohort(trunk, ticker, shared, told, alone);
    cohorts.add(made);
    return made;
  }
}
