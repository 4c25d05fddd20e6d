package chat.starling.channel.operator;

import chat.starling.channel.operator.Answer.Silent;
import chat.starling.channel.operator.Answer.Told;
import chat.starling.platform.ring.Member;
import chat.starling.platform.ring.RingView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the servers' answers say together.
 *
 * @param view the newest ring that anybody knows
 * @param servers the members of that ring, then whoever answered without being one
 * @param rings for each version that is anybody's newest, the ids of those whose newest it is
 * @param claims who has which shard
 * @param lags the feeds that are furthest behind, the worst first
 * @param problems what is wrong, a sentence each; empty when nothing is
 */
record RingReport(
    RingView view,
    List<ServerLine> servers,
    Map<Long, List<String>> rings,
    ShardClaims claims,
    List<Lag> lags,
    List<String> problems) {

  private static final int MAX_LAGS = 10;
  private static final int MAX_RUNS = 8;

  /** The report of these answers, at least one of which told something. */
  static RingReport of(List<Answer> answers) {
    RingView view = Survey.newest(answers);
    List<ServerLine> servers = servers(answers, view);
    ShardClaims claims = new ShardClaims(servers, view);
    Map<Long, List<String>> rings = new TreeMap<>(Comparator.reverseOrder());
    told(answers)
        .forEach(told ->
            rings
                .computeIfAbsent(told.view().version(), version -> new ArrayList<>())
                .add(told.status().getServerId()));
    List<String> problems = new ArrayList<>();
    silence(servers, problems);
    rings(answers, rings, problems);
    shards(claims, problems);
    return new RingReport(view, servers, rings, claims, lags(servers), List.copyOf(problems));
  }

  private static List<ServerLine> servers(List<Answer> answers, RingView view) {
    List<ServerLine> servers = new ArrayList<>();
    for (Member member : view.members()) {
      servers.add(
          told(answers).stream()
              .filter(
                  told -> member.is(told.status().getServerId(), told.status().getIncarnation()))
              .findFirst()
              .map(told -> ServerLine.of(told, view))
              .orElseGet(() -> ServerLine.silent(member, view, why(answers, member))));
    }
    told(answers).stream()
        .filter(told -> !view.has(told.status().getServerId(), told.status().getIncarnation()))
        .forEach(told -> servers.add(ServerLine.of(told, view)));
    return servers;
  }

  private static String why(List<Answer> answers, Member member) {
    return answers.stream()
        .filter(answer -> answer.address().equals(member.address()))
        .findFirst()
        .map(answer ->
            switch (answer) {
              case Silent silent -> silent.why();
              case Told told ->
                  "%s in incarnation %d answers at its address"
                      .formatted(told.status().getServerId(), told.status().getIncarnation());
            })
        .orElse("it was not asked, because the ring changed too often; ask again");
  }

  private static void silence(List<ServerLine> servers, List<String> problems) {
    for (ServerLine server : servers) {
      if (server.status() == null) {
        problems.add(
            "%s at %s does not answer: %s; the ring gives it %d shards"
                .formatted(server.id(), server.address(), server.why(), server.shardsOfView()));
      } else if (server.lacksLease()) {
        problems.add(
            "%s has %d shards and no valid lease, so that it serves none of them"
                .formatted(server.id(), server.status().getShardsCount()));
      }
    }
  }

  private static void rings(
      List<Answer> answers, Map<Long, List<String>> rings, List<String> problems) {
    if (rings.size() > 1) {
      problems.add("the servers know different rings: " + ringsText(rings));
    }
    if (told(answers).stream().map(Told::view).distinct().count() > rings.size()) {
      problems.add("there are two different rings of one version, which must never be");
    }
  }

  private static void shards(ShardClaims claims, List<String> problems) {
    if (!claims.ofNobody().isEmpty()) {
      problems.add(
          "%d shards have no owner: %s"
              .formatted(claims.ofNobody().size(), ShardList.of(claims.ofNobody(), MAX_RUNS)));
    }
    if (!claims.ofSeveral().isEmpty()) {
      problems.add(
          "%d shards are claimed by more than one server: %s"
              .formatted(claims.ofSeveral().size(), ShardList.of(claims.ofSeveral(), MAX_RUNS)));
    }
  }

  /** Such as {@code version 12 at a, b; version 11 at c}. */
  static String ringsText(Map<Long, List<String>> rings) {
    return String.join(
        "; ",
        rings.entrySet().stream()
            .map(ring ->
                "version %d at %s".formatted(ring.getKey(), String.join(", ", ring.getValue())))
            .toList());
  }

  private static List<Lag> lags(List<ServerLine> servers) {
    List<Lag> lags = new ArrayList<>();
    for (ServerLine server : servers) {
      if (server.status() != null) {
        server.status().getWorstList().forEach(lag -> lags.add(Lag.of(server.id(), lag)));
      }
    }
    return lags.stream().sorted(Lag.WORST_FIRST).limit(MAX_LAGS).toList();
  }

  private static List<Told> told(List<Answer> answers) {
    return answers.stream().filter(Told.class::isInstance).map(Told.class::cast).toList();
  }
}
