package chat.starling.channel;

import chat.starling.platform.settings.ServerCommand;

/** The process of a channel server. */
public final class Main {

  private Main() {}

  /** Reads the settings and serves until the process is told to end. */
  public static void main(String[] args) {
    ServerCommand.main(
        "starling-channel-server", args, ChannelServerSettings.class, ChannelServer::start);
  }
}
