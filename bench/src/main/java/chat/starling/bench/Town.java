package chat.starling.bench;

import chat.starling.bench.boot.Newcomers.Guest;
import chat.starling.bench.servers.BenchServers;
import chat.starling.devstack.issuer.TokenIssuer;
import chat.starling.devstack.issuer.TokenRequest;
import chat.starling.platform.permission.Permission;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A founded workspace of some size: everybody is in its first channel, and those who come to visit
 * are in some others too.
 *
 * @param workspace made by acts, with its roles and channels
 * @param members how many
 * @param channels their ids
 * @param roles ids of all roles but everyone's
 */
record Town(FoundedWorkspace workspace, int members, List<Long> channels, List<Long> roles) {

  private static final int ROLES = 50;
  private static final int HELD = 3;
  private static final int JOINED = 20;

  /** Members that a channel remembers as its first, and a few more. */
  private static final int FIRST = 101;

  /** Of users whom nobody ever sees come. */
  private static final long FIRST_STRANGER = 1L << 53;

  /** Founds it and makes roles, channels and overrides by acts; members are written afterwards. */
  static Town found(ChannelServerClient client, long id, int members, int channels) {
    var workspace = FoundedWorkspace.found(client, id, TokenIssuer.userId("owner"));
    List<Long> roles =
        IntStream.range(0, ROLES)
            .mapToObj(
                i -> workspace.createRole("role " + i, i + 1, Permission.ADD_REACTIONS.mask()))
            .toList();
    List<Long> made = new ArrayList<>();
    for (int i = 0; i < channels; i++) {
      made.add(workspace.createChannel("channel-" + i));
    }
    for (int i = 0; i < ROLES; i++) {
      workspace.setOverride(
          made.get(i % channels), roles.get(i), Permission.ATTACH_FILES.mask(), 0);
    }
    return new Town(workspace, members, made, roles);
  }

  /** Writes the rows of its members, of whom the first may come to visit. */
  void populate(DirectoryRows rows, int visitors) {
    if (visitors > members) {
      throw new IllegalArgumentException(
          "%d members (expected: the %d who come, or more)".formatted(members, visitors));
    }
    for (int i = 0; i < members; i++) {
      long user = i < visitors ? userId(i) : FIRST_STRANGER + i;
      rows.member(id(), user, held(i));
      rows.name(id(), user, name(i));
      rows.inChannel(channels.getFirst(), user);
      if (i < FIRST) {
        rows.amongFirst(channels.getFirst(), user);
      }
      if (i < visitors) {
        settle(rows, i);
      }
    }
  }

  private void settle(DirectoryRows rows, int number) {
    long user = userId(number);
    rows.membership(user, id(), channels.getFirst());
    for (long channel : joined(number)) {
      rows.membership(user, id(), channel);
      rows.inChannel(channel, user);
      if (number < FIRST * channels.size() / JOINED) {
        rows.amongFirst(channel, user);
      }
    }
  }

  /** Some of those who may come; each looks at one of the channels that he is in. */
  List<Guest> guests(BenchServers servers, int from, int count) {
    return IntStream.range(from, from + count)
        .mapToObj(number ->
            new Guest(
                servers
                    .issuer()
                    .issue(TokenRequest.of(name(number)).withWorkspaces(List.of(id())))
                    .token(),
                joined(number).getFirst()))
        .toList();
  }

  /** The owner, as one who comes. */
  Guest owner(BenchServers servers) {
    var request = TokenRequest.of("owner").withWorkspaces(List.of(id()));
    return new Guest(servers.issuer().issue(request).token(), channels.getFirst());
  }

  private List<Long> joined(int number) {
    int others = channels.size() - 1;
    return IntStream.range(0, Math.min(JOINED, others))
        .mapToObj(i -> channels.get(1 + (number + i * Math.max(1, others / JOINED)) % others))
        .distinct()
        .toList();
  }

  private List<Long> held(int number) {
    return IntStream.range(0, HELD)
        .mapToObj(i -> roles.get((number + i * (ROLES / HELD)) % ROLES))
        .sorted()
        .toList();
  }

  private String name(int number) {
    return "resident-" + id() + "-" + number;
  }

  private long userId(int number) {
    return TokenIssuer.userId(name(number));
  }

  private long id() {
    return workspace.id();
  }
}
