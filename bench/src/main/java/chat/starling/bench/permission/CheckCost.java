package chat.starling.bench.permission;

import chat.starling.gateway.workspace.Permit;
import chat.starling.platform.permission.Permission;
import java.util.stream.LongStream;

/**
 * What it takes to ask a permit, in nanoseconds of a processor: medians of rounds, each over many
 * users' permits in one channel.
 *
 * @param cached whether the user may be sent events, while nothing has changed
 * @param cachedSend whether the user may write at this time, while nothing has changed
 * @param anew the first such question after a role has changed
 */
public record CheckCost(double cached, double cachedSend, double anew) {

  private static final int USERS = 1_000;
  private static final int ROUNDS = 200;
  private static final int CACHED_PASSES = 200;
  private static final long CHANNEL = 7;

  /** Where answers go, so that none is left out by the compiler. */
  private static volatile int sink;

  /** Measures; takes some seconds. */
  public static CheckCost measure() {
    var workspace = new RuledWorkspace(USERS);
    Permit[] permits =
        LongStream.rangeClosed(1, USERS)
            .mapToObj(user -> workspace.permit(CHANNEL, user))
            .toArray(Permit[]::new);
    double[] cached = new double[ROUNDS];
    double[] cachedSend = new double[ROUNDS];
    double[] anew = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      workspace.apply(workspace.nextRoleChange());
      anew[round] = view(permits, 1);
      cached[round] = view(permits, CACHED_PASSES);
      cachedSend[round] = send(permits, CACHED_PASSES);
    }
    return new CheckCost(Samples.late(cached), Samples.late(cachedSend), Samples.late(anew));
  }

  private static double view(Permit[] permits, int passes) {
    int allowed = 0;
    long begun = Samples.now();
    for (int pass = 0; pass < passes; pass++) {
      for (Permit permit : permits) {
        allowed += permit.allowsViewing() ? 1 : 0;
      }
    }
    return each(begun, passes, allowed);
  }

  private static double send(Permit[] permits, int passes) {
    int allowed = 0;
    long now = System.currentTimeMillis();
    long begun = Samples.now();
    for (int pass = 0; pass < passes; pass++) {
      for (Permit permit : permits) {
        allowed += permit.allows(Permission.SEND_MESSAGES, now) ? 1 : 0;
      }
    }
    return each(begun, passes, allowed);
  }

  private static double each(long begun, int passes, int allowed) {
    long took = Samples.now() - begun;
    sink = allowed;
    if (sink != passes * USERS) {
      throw new IllegalStateException(
          "allowed: %d (expected: %d)".formatted(allowed, passes * USERS));
    }
    return (double) took / allowed;
  }
}
