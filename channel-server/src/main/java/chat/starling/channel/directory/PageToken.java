package chat.starling.channel.directory;

import chat.starling.api.v1.Reason;
import chat.starling.platform.refusal.Refuse;
import chat.starling.platform.refusal.RefusedException;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.zip.CRC32C;

/**
 * Where a listing goes on. Travels as opaque text that is good for its own query only.
 *
 * @param slice the slice in which to go on; 0 and up
 * @param afterChannel channels of the slice with larger ids come next
 */
public record PageToken(int slice, long afterChannel) {

  /** Where every listing begins; its text is empty. */
  public static final PageToken FIRST = new PageToken(0, 0);

  private static final byte VERSION = 1;
  private static final int BODY = 1 + 1 + Long.BYTES;
  private static final int LENGTH = BODY + Integer.BYTES;

  /** The token as text. */
  public String write(ChannelQuery query) {
    ByteBuffer bytes = ByteBuffer.allocate(LENGTH);
    bytes.put(VERSION).put((byte) slice).putLong(afterChannel);
    bytes.putInt(check(bytes.array(), query));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
  }

  /**
   * The token in the text.
   *
   * @throws RefusedException with PAGE_TOKEN when it was not made for this query
   */
  public static PageToken read(String text, ChannelQuery query) {
    return text.isEmpty() ? FIRST : decode(text, query);
  }

  private static PageToken decode(String text, ChannelQuery query) {
    byte[] bytes = bytes(text);
    if (bytes.length != LENGTH || bytes[0] != VERSION) {
      throw foreign(text);
    }
    ByteBuffer in = ByteBuffer.wrap(bytes, 1, LENGTH - 1);
    PageToken token = new PageToken(in.get(), in.getLong());
    if (in.getInt() != check(bytes, query) || token.slice < 0) {
      throw foreign(text);
    }
    return token;
  }

  private static byte[] bytes(String text) {
    try {
      return Base64.getUrlDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw foreign(text);
    }
  }

  /** A sum over token and query: guards against mix-ups, not against forgery. */
  private static int check(byte[] token, ChannelQuery query) {
    CRC32C sum = new CRC32C();
    sum.update(token, 0, BODY);
    sum.update(
        ByteBuffer.allocate(3 * Long.BYTES)
            .putLong(query.workspaceId())
            .putLong(query.memberId())
            .putLong(query.viewerId())
            .flip());
    return (int) sum.getValue();
  }

  private static RefusedException foreign(String text) {
    return Refuse.because(Reason.REASON_PAGE_TOKEN)
        .field("page_token")
        .value(text)
        .expected("a token from the page before, with the same query")
        .toException();
  }
}
