package chat.starling.channel.relay;

import chat.starling.api.internal.v1.SubscribeResponse;
import chat.starling.api.v1.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A subscriber that writes down what it is told. */
final class Subscriber implements FeedSubscriber {

  final List<String> told = new ArrayList<>();
  final List<SubscribeResponse> events = new ArrayList<>();
  private final Asker asker;
  private final List<Reason> refusals = new ArrayList<>();
  private Consumer<Reason> onRefused = refusals::add;

  private Subscriber(Asker asker) {
    this.asker = asker;
  }

  static Subscriber gateway() {
    return new Subscriber(new Asker("", true, Stage.owner(0)));
  }

  static Subscriber gatewayAt(Stage stage) {
    return new Subscriber(new Asker("", true, stage));
  }

  static Subscriber plain() {
    return new Subscriber(Asker.PLAIN);
  }

  static Subscriber relay(String serverId) {
    return relay(serverId, Stage.owner(0));
  }

  static Subscriber relay(String serverId, Stage stage) {
    return new Subscriber(new Asker(serverId, false, stage));
  }

  /** Passes refusals on, those too that have come already. */
  void onRefused(Consumer<Reason> then) {
    onRefused = then;
    refusals.forEach(then);
  }

  @Override
  public Asker asker() {
    return asker;
  }

  @Override
  public void added(long lastSeq, long fromSeq) {
    told.add("from " + fromSeq + " of " + lastSeq);
  }

  @Override
  public void refused(Reason reason) {
    told.add(reason.name());
    onRefused.accept(reason);
  }

  @Override
  public void referred(String serverId, Stage stage) {
    told.add("to " + serverId + " below " + String.join("/", stage.path()));
  }

  @Override
  public void event(SubscribeResponse event) {
    told.add(Long.toString(event.getEvent().getSeq()));
    events.add(event);
  }
}
