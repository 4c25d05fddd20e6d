package chat.starling.channel.heads;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What this server has to tell the owners of workspaces: which channels have moved. One report a
 * workspace at a time; what moves meanwhile goes with the next. A report that failed is made again,
 * and a new owner is told once more what the one before was told lately, since that may be in no
 * store yet. Times are monotonic nanoseconds. Confined to one thread.
 */
public final class HeadReports {

  /** Heads in one report. */
  public static final int MOST_IN_ONE = 4096;

  private static final long FIRST_PAUSE = Duration.ofMillis(250).toNanos();
  private static final int DOUBLINGS = 4;

  /**
   * One message to the owner of a workspace.
   *
   * @param owner to whom it goes, comparable by equals
   */
  public record Report(long workspaceId, Object owner, List<ChannelHead> heads) {

    public Report {
      heads = List.copyOf(heads);
    }
  }

  private final Map<Long, Workspace> workspaces = new HashMap<>();
  private final long memory;
  private final int mostWaiting;
  private int waiting;

  /**
   * @param memory how long it may take until a store has a head; for as long it is remembered
   * @param mostWaiting heads that wait for their owners; what comes beyond is left out
   */
  public HeadReports(Duration memory, int mostWaiting) {
    this.memory = memory.toNanos();
    this.mostWaiting = mostWaiting;
  }

  /** A channel of the workspace has moved. */
  public void moved(long workspaceId, ChannelHead head) {
    workspaces.computeIfAbsent(workspaceId, id -> new Workspace()).add(head);
  }

  /**
   * The reports that are due. Each is to be answered by {@link #arrived} or {@link #failed}.
   *
   * @param owners of workspaces as of now; null for one that nobody owns
   */
  public List<Report> due(long now, LongFunction<@Nullable Object> owners) {
    List<Report> reports = new ArrayList<>();
    Iterator<Map.Entry<Long, Workspace>> all = workspaces.entrySet().iterator();
    while (all.hasNext()) {
      Map.Entry<Long, Workspace> entry = all.next();
      Workspace workspace = entry.getValue();
      workspace.forget(now);
      if (workspace.isDone()) {
        all.remove();
        continue;
      }
      Object owner = owners.apply(entry.getKey());
      if (owner != null && workspace.isDue(now, owner)) {
        reports.add(new Report(entry.getKey(), owner, workspace.take()));
      }
    }
    return reports;
  }

  /** The owner knows. */
  public void arrived(Report report, long now) {
    workspaces.computeIfAbsent(report.workspaceId(), id -> new Workspace()).arrived(report, now);
  }

  /** The owner does not know, or nobody knows whether it does. */
  public void failed(Report report, long now) {
    workspaces.computeIfAbsent(report.workspaceId(), id -> new Workspace()).failed(report, now);
  }

  /** Workspaces of which anything is remembered. */
  public int size() {
    return workspaces.size();
  }

  private record Told(long seq, long at) {}

  /** One workspace: what waits, and what was told lately, the oldest first. */
  private final class Workspace {

    private final Map<Long, Long> moved = new LinkedHashMap<>();
    private final LinkedHashMap<Long, Told> told = new LinkedHashMap<>();
    private @Nullable Object toldTo;
    private boolean underWay;
    private int failures;
    private long notBefore;
    private boolean pausing;

    void add(ChannelHead head) {
      Long before = moved.get(head.channelId());
      if (before == null && waiting >= mostWaiting) {
        return;
      }
      if (before == null) {
        waiting++;
      }
      moved.merge(head.channelId(), head.seq(), Math::max);
    }

    boolean isDue(long now, Object owner) {
      if (underWay || (pausing && now - notBefore < 0)) {
        return false;
      }
      if (toldTo != null && !toldTo.equals(owner)) {
        told.forEach((channel, last) -> add(new ChannelHead(channel, last.seq)));
        told.clear();
        toldTo = null;
      }
      return !moved.isEmpty();
    }

    List<ChannelHead> take() {
      underWay = true;
      List<ChannelHead> heads = new ArrayList<>();
      Iterator<Map.Entry<Long, Long>> all = moved.entrySet().iterator();
      while (all.hasNext() && heads.size() < MOST_IN_ONE) {
        Map.Entry<Long, Long> next = all.next();
        heads.add(new ChannelHead(next.getKey(), next.getValue()));
        all.remove();
      }
      waiting -= heads.size();
      return heads;
    }

    void arrived(Report report, long now) {
      underWay = false;
      failures = 0;
      pausing = false;
      toldTo = report.owner();
      for (ChannelHead head : report.heads()) {
        told.remove(head.channelId());
        told.put(head.channelId(), new Told(head.seq(), now));
      }
    }

    void failed(Report report, long now) {
      underWay = false;
      report.heads().forEach(this::add);
      notBefore = now + (FIRST_PAUSE << Math.min(failures++, DOUBLINGS));
      pausing = true;
    }

    void forget(long now) {
      Iterator<Told> oldest = told.values().iterator();
      while (oldest.hasNext() && now - oldest.next().at >= memory) {
        oldest.remove();
      }
    }

    boolean isDone() {
      return moved.isEmpty() && told.isEmpty() && !underWay;
    }
  }
}
