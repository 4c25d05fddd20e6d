package chat.starling.bench;

import chat.starling.devstack.StackOptions;

/** Gateways that do nothing of themselves while something is measured. */
final class Quiet {

  private Quiet() {}

  /** With heartbeats as seldom as may be; and who has left is forgotten at once. */
  static StackOptions sessions(StackOptions options) {
    return options
        .withGatewaySetting("session.heartbeat-interval", "600s")
        .withGatewaySetting("session.resume-window", "0s");
  }
}
