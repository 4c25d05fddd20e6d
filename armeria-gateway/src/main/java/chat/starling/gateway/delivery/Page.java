package chat.starling.gateway.delivery;

import java.util.List;

/**
 * A run of events read from a channel's log.
 *
 * @param parcels in rising seq without gaps
 * @param lastSeq the channel's last seq when this was read
 */
public record Page(List<Parcel> parcels, long lastSeq) {

  public Page {
    parcels = List.copyOf(parcels);
  }
}
