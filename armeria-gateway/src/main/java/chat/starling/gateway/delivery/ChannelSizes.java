package chat.starling.gateway.delivery;

import java.util.function.Consumer;

/** Which channels are small: few enough members to send all their sessions what is said there. */
public interface ChannelSizes {

  /** No channel is small. */
  ChannelSizes ALL_LARGE =
      new ChannelSizes() {
        @Override
        public Size of(long channelId) {
          return Size.LARGE;
        }

        @Override
        public void ask(long channelId, Consumer<Boolean> small) {
          small.accept(false);
        }
      };

  /** What is known of a channel. */
  enum Size {
    SMALL,
    LARGE,
    UNKNOWN
  }

  /** What is known now; costs nothing. */
  Size of(long channelId);

  /**
   * Finds out. Tells it on the event loop of whoever asks, at the latest when it gives up, and then
   * false.
   */
  void ask(long channelId, Consumer<Boolean> small);
}
