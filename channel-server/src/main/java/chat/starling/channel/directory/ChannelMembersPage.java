package chat.starling.channel.directory;

import java.util.List;

/**
 * A page of a channel's members.
 *
 * @param userIds by slices, in rising order within each
 * @param next after which to go on; 0 on the last page
 */
public record ChannelMembersPage(List<Long> userIds, long next) {

  public ChannelMembersPage {
    userIds = List.copyOf(userIds);
  }
}
