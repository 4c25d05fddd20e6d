package chat.starling.client;

import org.jspecify.annotations.Nullable;

/** The token in use. Only on the client's thread. */
final class Tokens {
  private final TokenSource source;
  private @Nullable String last;

  Tokens(TokenSource source) {
    this.source = source;
  }

  /** A token straight from the source. */
  String ask() throws Exception {
    String token = source.token();
    last = token;
    return token;
  }

  /** The last token that was not rejected, or a new one. */
  String get() throws Exception {
    String token = last;
    return token == null ? ask() : token;
  }

  /** The server did not take the last token. */
  void rejected() {
    if (last != null) {
      source.rejected(last);
      last = null;
    }
  }
}
