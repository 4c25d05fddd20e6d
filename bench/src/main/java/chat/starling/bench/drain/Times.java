package chat.starling.bench.drain;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;

/** Histograms of microseconds, and their way from one process to another. */
public final class Times {

  /** Longer than anything may take. */
  static final long LONGEST = 600_000_000;

  private static final int DIGITS = 3;

  private Times() {}

  /** An empty histogram. */
  public static Histogram empty() {
    return new Histogram(LONGEST, DIGITS);
  }

  /** The histogram of {@link Counts}. */
  public static Histogram histogram(String text) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(text));
      return Histogram.decodeFromCompressedByteBuffer(bytes, LONGEST);
    } catch (DataFormatException e) {
      throw new IllegalStateException("not a histogram", e);
    }
  }

  static String text(Histogram histogram) {
    ByteBuffer bytes = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
    int length = histogram.encodeIntoCompressedByteBuffer(bytes);
    return Base64.getEncoder().encodeToString(Arrays.copyOf(bytes.array(), length));
  }
}
