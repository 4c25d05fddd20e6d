package chat.starling.devstack;

/** What a developer reads once everything is up. */
final class WhatNext {

  private WhatNext() {}

  static String text(StackOptions options) {
    Ports ports = options.ports();
    return """

    Starling is up. In two other terminals:

      make chat USER=alice
      make chat USER=bob

      clients     https://localhost:%d, trusting %s
      tokens      curl -d '{"user":"alice"}' http://127.0.0.1:%d/token
      API docs    http://127.0.0.1:%d/docs
      Envoy       http://127.0.0.1:%d
      logs        %s
      servers     type kill, start, restart, pause or resume and a name, as in `kill channel-server-1`

    Ctrl-C ends it; the data stays in %s.\
    """
        .formatted(
            ports.edge().number(),
            options.data().resolve("edge/ca.pem"),
            ports.issuer().number(),
            ports.gateways().getFirst().internal().number(),
            ports.edgeAdmin().number(),
            options.data().resolve("logs"),
            options.data());
  }
}
