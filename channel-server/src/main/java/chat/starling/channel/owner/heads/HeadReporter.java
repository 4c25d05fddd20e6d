package chat.starling.channel.owner.heads;

import chat.starling.channel.heads.ChannelHead;
import chat.starling.channel.heads.HeadListener;
import chat.starling.channel.heads.HeadReports;
import chat.starling.channel.heads.HeadReports.Report;
import chat.starling.channel.heads.MovedChannels;
import chat.starling.channel.heads.StoredHeads;
import chat.starling.channel.owner.Loop;
import chat.starling.platform.time.MonotonicClock;

/**
 * Tells the owners of workspaces which channels have moved, a few times a second and each channel
 * once. Nothing waits for it.
 */
public final class HeadReporter implements HeadListener {

  private static final int MOST_WAITING = 200_000;

  private final MovedChannels moved = new MovedChannels();
  private final HeadReports reports;
  private final WorkspacesOfChannels workspaces;
  private final WorkspaceOwners owners;
  private final HeadBounds bounds;
  private final Loop loop;
  private final MonotonicClock clock;

  /** A reporter on this loop; {@link #start} begins. */
  public HeadReporter(
      StoredHeads store,
      WorkspaceOwners owners,
      HeadBounds bounds,
      Loop loop,
      MonotonicClock clock) {
    this.reports = new HeadReports(bounds.memory(), MOST_WAITING);
    this.workspaces = new WorkspacesOfChannels(store, loop);
    this.owners = owners;
    this.bounds = bounds;
    this.loop = loop;
    this.clock = clock;
  }

  /** Begins to report. */
  public void start() {
    loop.schedule(
        () -> {
          report();
          start();
        },
        bounds.reportInterval());
  }

  /** Reports at once what is not reported yet, as far as it can be. */
  public void hurry() {
    loop.execute(this::report);
  }

  @Override
  public void moved(long channelId, long seq) {
    moved.moved(channelId, seq);
  }

  private void report() {
    long now = clock.nanos();
    for (ChannelHead head : moved.take()) {
      workspaces.of(
          head.channelId(),
          now,
          workspace -> reports.moved(workspace, head),
          () -> moved.moved(head.channelId(), head.seq()));
    }
    reports.due(now, owners::ownerOf).forEach(this::send);
  }

  private void send(Report report) {
    owners
        .report(report.workspaceId(), report.heads())
        .whenComplete((done, fault) ->
            loop.execute(() -> {
              if (fault == null) {
                reports.arrived(report, clock.nanos());
              } else {
                reports.failed(report, clock.nanos());
              }
            }));
  }
}
