package chat.starling.gateway.administration;

import chat.starling.api.v1.Reason;
import chat.starling.platform.refusal.Refuse;
import chat.starling.platform.refusal.RefusedException;
import com.google.common.hash.Hashing;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Where the listings of one query go on, as opaque text that is good for that query only. */
public final class PageCursor {

  private static final int LENGTH = Long.BYTES + Integer.BYTES;

  private final String rpc;
  private final long workspaceId;

  /** The cursors of one rpc's listings of one workspace. */
  public PageCursor(String rpc, long workspaceId) {
    this.rpc = rpc;
    this.workspaceId = workspaceId;
  }

  /**
   * The text of a position.
   *
   * @param position 0 when there is no next page, whose text is empty
   */
  public String write(long position) {
    return position == 0
        ? ""
        : Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(
                ByteBuffer.allocate(LENGTH).putLong(position).putInt(sum(position)).array());
  }

  /**
   * The position in the text; 0 when it is empty.
   *
   * @throws RefusedException with PAGE_TOKEN when it was not made for this query
   */
  public long read(String text) {
    if (text.isEmpty()) {
      return 0;
    }
    byte[] bytes = bytes(text);
    if (bytes.length != LENGTH) {
      throw foreign(text);
    }
    ByteBuffer in = ByteBuffer.wrap(bytes);
    long position = in.getLong();
    if (position == 0 || in.getInt() != sum(position)) {
      throw foreign(text);
    }
    return position;
  }

  /** Guards against mix-ups, not against forgery: a forged position shows nothing else. */
  private int sum(long position) {
    return Hashing.murmur3_32_fixed()
        .newHasher()
        .putString(rpc, StandardCharsets.UTF_8)
        .putLong(workspaceId)
        .putLong(position)
        .hash()
        .asInt();
  }

  private static byte[] bytes(String text) {
    try {
      return Base64.getUrlDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw foreign(text);
    }
  }

  private static RefusedException foreign(String text) {
    return Refuse.because(Reason.REASON_PAGE_TOKEN)
        .field("page_token")
        .value(text)
        .expected("a token from the page before, with the same query")
        .toException();
  }
}
