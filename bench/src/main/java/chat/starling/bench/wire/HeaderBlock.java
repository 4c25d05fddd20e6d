package chat.starling.bench.wire;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Header fields as HPACK literals that go into no table: the same block serves every stream of
 * every connection.
 */
public final class HeaderBlock {

  private static final int INDEXED = 0x80;
  private static final int METHOD_POST = 3;
  private static final int SCHEME_HTTP = 6;
  private static final int SCHEME_HTTPS = 7;
  private static final int STATUS_200 = 8;
  private static final int NAME_AUTHORITY = 1;
  private static final int NAME_PATH = 4;
  private static final int NAME_CONTENT_TYPE = 31;

  /** Names up to this index and lengths up to 126 fit into the first byte. */
  private static final int NAME_LIMIT = 15;

  private static final int LENGTH_LIMIT = 127;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private HeaderBlock() {}

  /** The request of a gRPC call. */
  public static byte[] request(boolean tls, String authority, String path) {
    return new HeaderBlock()
        .indexed(METHOD_POST)
        .indexed(tls ? SCHEME_HTTPS : SCHEME_HTTP)
        .named(NAME_PATH, path)
        .named(NAME_AUTHORITY, authority)
        .named(NAME_CONTENT_TYPE, "application/grpc")
        .named(0, "te", "trailers")
        .out
        .toByteArray();
  }

  /** The beginning of a gRPC call's answer. */
  public static byte[] response() {
    return new HeaderBlock()
        .indexed(STATUS_200)
        .named(NAME_CONTENT_TYPE, "application/grpc")
        .out
        .toByteArray();
  }

  private HeaderBlock indexed(int index) {
    out.write(INDEXED | index);
    return this;
  }

  private HeaderBlock named(int nameIndex, String... texts) {
    out.write(Math.min(nameIndex, NAME_LIMIT));
    if (nameIndex >= NAME_LIMIT) {
      out.write(nameIndex - NAME_LIMIT);
    }
    for (String text : texts) {
      byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
      if (bytes.length >= LENGTH_LIMIT) {
        throw new IllegalArgumentException(text + ": too long for a benchmark's header");
      }
      out.write(bytes.length);
      out.writeBytes(bytes);
    }
    return this;
  }
}
