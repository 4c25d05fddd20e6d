package chat.starling.channel.workspace;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What some acts are decided on that is only known to be needed once the rest is read.
 *
 * @param memberships which people are in which channels, as far as the decision depends on it
 * @param overriding the channels that override the roles which the act is on, as far as the
 *     decision depends on them
 * @param overridden in how many channels the role has an override, where the decision depends on
 *     that
 * @param invitations of the workspace, where the decision depends on them
 */
record Details(
    Set<InChannel> memberships,
    List<ChannelState> overriding,
    int overridden,
    Invitations invitations) {

  Details {
    memberships = Set.copyOf(memberships);
    overriding = List.copyOf(overriding);
  }

  /** Nothing but these memberships. */
  static Details of(Set<InChannel> memberships) {
    return new Details(memberships, List.of(), 0, Invitations.NONE);
  }

  /** The same with more memberships. */
  Details with(Set<InChannel> more) {
    Set<InChannel> all =
        Stream.concat(memberships.stream(), more.stream()).collect(Collectors.toUnmodifiableSet());
    return new Details(all, overriding, overridden, invitations);
  }

  /** The same with these channels, and with nothing but these memberships. */
  Details with(List<ChannelState> channels, Set<InChannel> in) {
    return new Details(in, channels, overridden, invitations);
  }

  Details with(int count) {
    return new Details(memberships, overriding, count, invitations);
  }

  Details with(Invitations some) {
    return new Details(memberships, overriding, overridden, some);
  }
}
