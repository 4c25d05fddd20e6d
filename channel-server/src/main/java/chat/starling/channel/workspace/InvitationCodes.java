package chat.starling.channel.workspace;

import com.google.common.io.BaseEncoding;
import java.security.SecureRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Makes codes that nobody guesses: 128 random bits in base32. For all threads if its source is. */
public final class InvitationCodes implements Supplier<String> {

  /** Codes that nothing foretells. */
  public static final InvitationCodes SECURE = new InvitationCodes(new SecureRandom());

  private static final int BYTES = 16;
  private static final BaseEncoding BASE32 = BaseEncoding.base32().lowerCase().omitPadding();

  private final RandomGenerator random;

  /** Codes out of these bits. */
  InvitationCodes(RandomGenerator random) {
    this.random = random;
  }

  @Override
  public String get() {
    byte[] bits = new byte[BYTES];
    random.nextBytes(bits);
    return BASE32.encode(bits);
  }
}
