package chat.starling.client.protocol;

import chat.starling.api.v1.ClientFrame;
import chat.starling.api.v1.Resume;

/** The client's end of the connection, as the session uses it. */
public interface Wire {
  /**
   * Opens a new stream with a Hello as its first frame. Whatever becomes of it comes back as {@link
   * Session#frame} or {@link Session#ended}.
   *
   * @param ref the Hello's ref
   * @param resume what to resume; the default instance for a fresh start
   * @param newToken whether the server refused the token of the last attempt
   */
  void open(int ref, Resume resume, boolean newToken);

  /** Writes one frame on the open stream. */
  void write(ClientFrame frame);

  /** Ends the open stream, if any; nothing of it comes back afterwards. */
  void drop();
}
