package chat.starling.gateway.runtime;

import chat.starling.api.internal.v1.ReadEventsResponse;
import chat.starling.api.v1.Backfill;
import chat.starling.api.v1.BackfillPage;
import chat.starling.api.v1.Event;
import chat.starling.gateway.session.Effect;
import chat.starling.gateway.signin.Identity;
import chat.starling.platform.permission.Permission;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.concurrent.CompletableFuture;

/** Reads the pages that clients ask for, for those who may read what came before. */
record Backfills(Permits permits, Pages pages) {

  private static final int MAX_PAGE_BYTES = 1 << 20;

  /** A page no larger than a client takes; what is left out it asks for again. */
  CompletableFuture<BackfillPage> read(Identity reader, Effect.ReadPage page) {
    Backfill backfill = page.backfill();
    long channelId = backfill.getChannelId();
    return permits
        .check(reader, channelId, Permission.READ_HISTORY)
        .thenCompose(yes -> pages.read(channelId, backfill.getAfterSeq(), page.pageSize()))
        .thenApply(response -> page(channelId, response));
  }

  private static BackfillPage page(long channelId, ReadEventsResponse response) {
    BackfillPage.Builder page =
        BackfillPage.newBuilder().setChannelId(channelId).setLastSeq(response.getLastSeq());
    int bytes = 0;
    for (ByteString event : response.getEventsList()) {
      bytes += event.size();
      if (bytes > MAX_PAGE_BYTES && page.getEventsCount() > 0) {
        break;
      }
      page.addEvents(event(channelId, event));
    }
    return page.build();
  }

  private static Event event(long channelId, ByteString bytes) {
    try {
      return Event.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("an event of channel " + channelId, e);
    }
  }
}
