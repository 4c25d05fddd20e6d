package chat.starling.edge.crowd;

import chat.starling.api.v1.ListMessagesResponse;
import chat.starling.client.HistoryCalls;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A channel's whole history, read page by page, with page sizes that do not go into each other. */
public final class HistoryPages {

  private static final int FORWARD = 97;
  private static final int BACKWARD = 89;

  private final HistoryCalls calls;

  HistoryPages(HistoryCalls calls) {
    this.calls = calls;
  }

  /** All of it, read from the first message on. */
  public List<Ledger.Entry> forward(long channel) {
    List<Ledger.Entry> all = new ArrayList<>();
    ListMessagesResponse page;
    do {
      long last = all.isEmpty() ? 1 : all.getLast().messageId();
      page = calls.after(channel, last, FORWARD).join();
      all.addAll(entries(page));
    } while (page.getHasNewer());
    return all;
  }

  /** All of it in the same order, read from the last message back. */
  public List<Ledger.Entry> backward(long channel) {
    List<List<Ledger.Entry>> pages = new ArrayList<>();
    ListMessagesResponse page = calls.newest(channel, BACKWARD).join();
    pages.add(entries(page));
    while (page.getHasOlder()) {
      page = calls.before(channel, pages.getLast().getFirst().messageId(), BACKWARD).join();
      pages.add(entries(page));
    }
    Collections.reverse(pages);
    return pages.stream().flatMap(List::stream).toList();
  }

  private static List<Ledger.Entry> entries(ListMessagesResponse page) {
    return page.getMessagesList().stream().map(Ledger.Entry::of).toList();
  }
}
