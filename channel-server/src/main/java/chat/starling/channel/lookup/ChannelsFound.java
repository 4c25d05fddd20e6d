package chat.starling.channel.lookup;

import chat.starling.api.internal.v1.ChannelObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of channels in the order of their names.
 *
 * @param next after which entry the next page begins; null on the last
 */
public record ChannelsFound(List<ChannelObject> channels, @Nullable NameEntry next) {

  public ChannelsFound {
    channels = List.copyOf(channels);
  }
}
