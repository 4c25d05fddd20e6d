package chat.starling.gateway;

import chat.starling.platform.settings.ServerCommand;

/** The gateway's process. */
public final class Main {

  private Main() {}

  /** Starts a gateway with the settings of file, environment and command line. */
  public static void main(String[] args) {
    ServerCommand.main("armeria-gateway", args, GatewaySettings.class, Gateway::start);
  }
}
