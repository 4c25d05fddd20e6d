package chat.starling.channel.directory;

import java.util.List;

/**
 * Channels of one slice of a workspace, in rising order of ids.
 *
 * @param next where to go on; 0 when there are no more
 */
public record ChannelScan(List<Channel> channels, long next) {

  static final ChannelScan END = new ChannelScan(List.of(), 0);

  public ChannelScan {
    channels = List.copyOf(channels);
  }
}
