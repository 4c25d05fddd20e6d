package chat.starling.gateway.session;

import chat.starling.api.v1.Cursor;
import chat.starling.api.v1.Refusal;
import chat.starling.api.v1.View;
import chat.starling.platform.refusal.Refuse;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One channel that a client wants in focus, and where in its frame it says so, so that a refusal
 * can name the place.
 *
 * @param path such as {@code focus.views[2]}
 * @param seqField what the seq to go on from is called there
 */
public record Wish(View view, String path, String seqField) {

  private static final String AFTER_SEQ = "after_seq";

  /** The channels of a Focus. */
  static List<Wish> ofFocus(List<View> views) {
    return IntStream.range(0, views.size())
        .mapToObj(i -> new Wish(views.get(i), "focus.views[" + i + "]", AFTER_SEQ))
        .toList();
  }

  /** The channels of the cursors with which an earlier connection is resumed. */
  static List<Wish> ofCursors(List<Cursor> cursors) {
    return IntStream.range(0, cursors.size())
        .mapToObj(i -> new Wish(view(cursors.get(i)), "hello.resume.cursors[" + i + "]", "seq"))
        .toList();
  }

  /** A refusal of this wish, with its field as the client's frame has it. */
  public Refusal refused(Refusal refusal) {
    Refusal named =
        refusal.getField().equals(AFTER_SEQ)
            ? refusal.toBuilder()
                .setField(seqField)
                .setMessage(refusal.getMessage().replaceFirst(AFTER_SEQ, seqField))
                .build()
            : refusal;
    return Refuse.within(path, named);
  }

  private static View view(Cursor cursor) {
    return View.newBuilder()
        .setChannelId(cursor.getChannelId())
        .setAfterSeq(cursor.getSeq())
        .build();
  }
}
