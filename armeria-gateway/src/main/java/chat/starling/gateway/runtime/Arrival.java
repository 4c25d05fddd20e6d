package chat.starling.gateway.runtime;

import chat.starling.api.v1.Close;
import io.netty.channel.EventLoop;
import java.util.function.Consumer;

/**
 * A client that has said Hello and is to be let in. What it is told, it is told on its session's
 * event loop.
 */
final class Arrival {

  private final EventLoop loop;
  private final Runnable enter;
  private final Consumer<Close> refuse;

  /**
   * @param enter runs when the client may come in
   * @param refuse takes why it may not
   */
  Arrival(EventLoop loop, Runnable enter, Consumer<Close> refuse) {
    this.loop = loop;
    this.enter = enter;
    this.refuse = refuse;
  }

  void enter() {
    loop.execute(enter);
  }

  void refuse(Close why) {
    loop.execute(() -> refuse.accept(why));
  }
}
