package chat.starling.channel.owner;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The acts that are decided and not answered, in the order in which they were. Each is answered
 * after all before it: also what becomes no event may tell of what they have changed.
 */
final class DecidedActs {

  private final List<WaitingAct> acts = new ArrayList<>();

  void add(WaitingAct act) {
    acts.add(act);
  }

  int size() {
    return acts.size();
  }

  boolean isEmpty() {
    return acts.isEmpty();
  }

  Stream<WaitingAct> stream() {
    return acts.stream();
  }

  /** Answers those that tell of nothing beyond this event, as far as they follow one another. */
  void answerUpTo(long seq) {
    int end = 0;
    while (end < acts.size() && acts.get(end).isFinal() && acts.get(end).seq() <= seq) {
      end++;
    }
    List<WaitingAct> answered = acts.subList(0, end);
    List<WaitingAct> done = List.copyOf(answered);
    answered.clear();
    done.forEach(WaitingAct::complete);
  }

  /** The event that the first of them waits for; 0 when it waits for none. */
  long firstSeq() {
    return acts.isEmpty() ? 0 : acts.getFirst().seq();
  }

  /** The event before the first that is not answered; this one when all are. */
  long known(long last) {
    return acts.stream()
        .filter(WaitingAct::hasEvent)
        .findFirst()
        .map(act -> act.seq() - 1)
        .orElse(last);
  }

  /** Takes out an act that has not become an event; whether it was here. */
  boolean remove(WaitingAct act) {
    return acts.remove(act);
  }

  /** Takes out those that become no event and were decided after this one, which is still here. */
  List<WaitingAct> takeNothingsAfter(WaitingAct act) {
    List<WaitingAct> later = acts.subList(acts.indexOf(act) + 1, acts.size());
    List<WaitingAct> taken = later.stream().filter(WaitingAct::changesNothing).toList();
    later.removeIf(WaitingAct::changesNothing);
    return taken;
  }

  /** Takes out all. */
  List<WaitingAct> takeAll() {
    List<WaitingAct> all = List.copyOf(acts);
    acts.clear();
    return all;
  }
}
