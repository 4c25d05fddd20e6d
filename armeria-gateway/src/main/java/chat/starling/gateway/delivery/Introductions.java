package chat.starling.gateway.delivery;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Knows who writes, as far as that can be had without waiting. Confined to one event loop. */
public interface Introductions {

  /** Knows nobody. */
  Introductions NONE =
      new Introductions() {
        @Override
        public @Nullable Introduction of(Parcel parcel) {
          return null;
        }

        @Override
        public void introduce(long channelId, Collection<Long> userIds, Acquaintance to) {}
      };

  /**
   * Who wrote this; null when it was nobody, or it is not known yet. Then it is found out, and told
   * to all who view the channel.
   */
  @Nullable Introduction of(Parcel parcel);

  /** Tells one client who these users are, at once if all of them are known, otherwise later. */
  void introduce(long channelId, Collection<Long> userIds, Acquaintance to);
}
