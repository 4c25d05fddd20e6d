package chat.starling.bench;

import chat.starling.bench.Viewers.Shape;
import chat.starling.bench.drain.CrowdPlan;
import chat.starling.bench.fanout.Source;
import chat.starling.bench.load.Channels;
import chat.starling.devstack.process.LocalServer;
import java.util.Set;

/**
 * A gateway with a channel that nobody looks at through another one.
 *
 * @param audience of that channel
 * @param source publishes to that channel; the gateway's time counts
 * @param port where viewers connect
 */
record Side(Audience audience, Source source, int port) {

  static Side of(
      String name,
      LocalServer gateway,
      Audience audience,
      ChannelServerClient client,
      Channels messages) {
    Source source = audience.source(name, Set.of(gateway.pid()), client, messages);
    return new Side(audience, source, gateway.address().getPort());
  }

  CrowdPlan plan(Shape shape) {
    return audience.plan(port, shape);
  }
}
