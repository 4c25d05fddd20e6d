package chat.starling.bench;

import chat.starling.bench.fanout.Stand;
import chat.starling.bench.servers.BenchServers;
import chat.starling.devstack.issuer.TokenIssuer;
import chat.starling.devstack.issuer.TokenRequest;
import chat.starling.platform.permission.Permission;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * A workspace with as many roles as may be, and two channels that override each of them.
 *
 * @param roles ids of all roles but everyone's
 * @param audience of one channel: all users
 * @param anotherAudience the same users in the other
 */
record RuledChannel(
    FoundedWorkspace workspace, List<Long> roles, Audience audience, Audience anotherAudience) {

  /** Roles beside everyone's. */
  static final int ROLES = 250;

  private static final int HELD = 5;
  private static final long ID = 2;
  private static final long SECOND = 1_000_000_000;

  /** Makes it by acts, which takes a while. */
  static RuledChannel make(
      BenchServers servers, ChannelServerClient client, int users, Report report) {
    report.progress("a workspace of " + ROLES + " roles, overridden in two channels");
    var workspace = FoundedWorkspace.found(client, ID, TokenIssuer.userId("owner"));
    List<Long> channels =
        List.of(workspace.createChannel("ruled"), workspace.createChannel("changing"));
    List<Long> roles = new ArrayList<>();
    for (int i = 0; i < ROLES; i++) {
      long role = workspace.createRole("role " + i, i + 1, Permission.ADD_REACTIONS.mask());
      roles.add(role);
      for (long channel : channels) {
        workspace.setOverride(
            channel, role, Permission.ATTACH_FILES.mask(), Permission.ADD_REACTIONS.mask());
      }
    }
    List<String> names = IntStream.range(0, users).mapToObj(i -> "viewer-" + i).toList();
    for (int i = 0; i < users; i++) {
      admit(workspace, TokenIssuer.userId(names.get(i)), channels, roles, i);
    }
    List<String> tokens =
        names.stream()
            .map(TokenRequest::of)
            .map(request -> request.withWorkspaces(List.of(ID)))
            .map(request -> servers.issuer().issue(request).token())
            .toList();
    return new RuledChannel(
        workspace,
        roles,
        new Audience(channels.getFirst(), tokens),
        new Audience(channels.getLast(), tokens));
  }

  private static void admit(
      FoundedWorkspace workspace, long user, List<Long> channels, List<Long> roles, int number) {
    workspace.enter(user);
    channels.forEach(channel -> workspace.join(user, channel));
    for (int i = 0; i < HELD; i++) {
      workspace.giveRole(user, roles.get((number + i * (ROLES / HELD)) % ROLES));
    }
  }

  /** Sends as another does, while so many roles a second get another name. */
  Stand.Sending whileRolesChange(Stand.Sending sending, int perSecond) {
    return (source, viewers, firstSeq) -> {
      AtomicBoolean over = new AtomicBoolean();
      CompletableFuture<Void> changing =
          CompletableFuture.runAsync(() -> change(perSecond, over), Thread::startVirtualThread);
      try {
        return sending.send(source, viewers, firstSeq);
      } finally {
        over.set(true);
        changing.join();
      }
    };
  }

  private void change(int perSecond, AtomicBoolean over) {
    for (int i = 0; !over.get(); i++) {
      workspace.renameRole(roles.get(i % ROLES), "name " + System.nanoTime());
      LockSupport.parkNanos(SECOND / perSecond);
    }
  }
}
