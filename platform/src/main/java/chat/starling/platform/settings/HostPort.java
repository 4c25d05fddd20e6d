package chat.starling.platform.settings;

/**
 * A network address.
 *
 * @param host a name or an IP address without brackets
 * @param port 0 to 65535; 0 lets the machine choose, where that makes sense
 */
public record HostPort(String host, int port) {

  /**
   * Reads {@code host:port}.
   *
   * @throws IllegalArgumentException if the text is not of that form
   */
  public static HostPort parse(String text) {
    int colon = text.lastIndexOf(':');
    if (colon <= 0 || !text.substring(colon + 1).matches("\\d{1,5}")) {
      throw new IllegalArgumentException("host:port");
    }
    int port = Integer.parseInt(text.substring(colon + 1));
    if (port > 65535) {
      throw new IllegalArgumentException("host:port with a port of 0..65535");
    }
    return new HostPort(text.substring(0, colon), port);
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
