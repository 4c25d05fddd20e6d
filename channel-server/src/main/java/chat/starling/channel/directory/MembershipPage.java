package chat.starling.channel.directory;

import java.util.List;

/**
 * A page of a user's channels in a workspace.
 *
 * @param channelIds in rising order
 * @param more there are channels with larger ids
 */
public record MembershipPage(List<Long> channelIds, boolean more) {

  public MembershipPage {
    channelIds = List.copyOf(channelIds);
  }
}
