package chat.starling.channel.directory;

import java.util.List;

/**
 * A page of channels in the order of their slices and ids.
 *
 * @param nextToken goes on behind it; empty on the last page
 */
public record ChannelPage(List<Channel> channels, String nextToken) {

  public ChannelPage {
    channels = List.copyOf(channels);
  }
}
