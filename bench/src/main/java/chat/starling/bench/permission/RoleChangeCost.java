package chat.starling.bench.permission;

import chat.starling.api.internal.v1.WorkspaceEvent;
import chat.starling.gateway.workspace.Permit;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What it takes a gateway to go by a changed role: medians.
 *
 * @param permits how many pairs of a user and a channel it held
 * @param nanos of the thread that brings events
 * @param bytes that it allocated: had it touched every permit, they would grow with these
 */
public record RoleChangeCost(int permits, double nanos, long bytes) {

  private static final int CHANNELS = 100;
  private static final int CHANGES = 400;

  /** Measures with so many permits, each of which was asked after the last change. */
  public static RoleChangeCost with(int permits) {
    var workspace = new RuledWorkspace(permits);
    List<Permit> held = new ArrayList<>();
    for (int i = 0; i < permits; i++) {
      held.add(workspace.permit(1 + i % CHANNELS, 1 + i / CHANNELS));
    }
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    double[] nanos = new double[CHANGES];
    long[] bytes = new long[CHANGES];
    for (int i = 0; i < CHANGES; i++) {
      WorkspaceEvent event = workspace.nextRoleChange();
      long before = threads.getCurrentThreadAllocatedBytes();
      long begun = System.nanoTime();
      workspace.apply(event);
      nanos[i] = (double) (System.nanoTime() - begun);
      bytes[i] = threads.getCurrentThreadAllocatedBytes() - before;
    }
    requireAllowed(held);
    Arrays.sort(nanos);
    Arrays.sort(bytes);
    return new RoleChangeCost(permits, nanos[CHANGES / 2], bytes[CHANGES / 2]);
  }

  private static void requireAllowed(List<Permit> held) {
    if (!held.stream().allMatch(Permit::allowsViewing)) {
      throw new IllegalStateException("a permit was lost (expected: all see their channels)");
    }
  }
}
