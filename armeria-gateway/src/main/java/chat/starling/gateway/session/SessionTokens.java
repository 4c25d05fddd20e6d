package chat.starling.gateway.session;

import java.security.SecureRandom;
import java.util.Base64;

/** Makes session tokens: 192 bits nobody can guess, in letters that are safe in a URL. */
public final class SessionTokens {

  private static final int BYTES = 24;

  private final SecureRandom random = new SecureRandom();

  /** A new one. */
  public String next() {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
