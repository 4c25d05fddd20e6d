package chat.starling.channel.operator;

import chat.starling.platform.ring.Member;
import chat.starling.platform.ring.RingView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/**
 * Finds all servers from one: asks it, then the members of its ring, then whoever only a newer ring
 * names.
 */
final class Survey {

  /** Rings that grow faster than this are asked again by the operator. */
  private static final int MAX_ROUNDS = 4;

  private final StatusClient client;
  private final Consumer<String> progress;

  /**
   * @param progress told what is waited for
   */
  Survey(StatusClient client, Consumer<String> progress) {
    this.client = client;
    this.progress = progress;
  }

  /** The answers of all, that of the first one first. */
  List<Answer> from(String first) {
    List<Answer> answers = new ArrayList<>(ask(List.of(first)));
    for (int round = 1; round < MAX_ROUNDS; round++) {
      List<String> unasked = unasked(answers);
      if (unasked.isEmpty()) {
        break;
      }
      answers.addAll(ask(unasked));
    }
    return answers;
  }

  /** The newest view among the answers. */
  static RingView newest(List<Answer> answers) {
    return answers.stream()
        .filter(Answer.Told.class::isInstance)
        .map(answer -> ((Answer.Told) answer).view())
        .max(Comparator.comparingLong(RingView::version))
        .orElse(RingView.EMPTY);
  }

  private List<Answer> ask(List<String> addresses) {
    progress.accept(
        "asking %s, %d ms at most".formatted(names(addresses), client.patience().toMillis()));
    return client.ask(addresses);
  }

  private static List<String> unasked(List<Answer> answers) {
    return newest(answers).members().stream()
        .filter(member -> answers.stream().noneMatch(answer -> isOf(answer, member)))
        .map(Member::address)
        .distinct()
        .toList();
  }

  /** Whether the answer is the member's, or tells that none came from its address. */
  private static boolean isOf(Answer answer, Member member) {
    return answer.address().equals(member.address())
        || (answer instanceof Answer.Told told
            && member.is(told.status().getServerId(), told.status().getIncarnation()));
  }

  private static String names(List<String> addresses) {
    return addresses.size() == 1 ? addresses.getFirst() : addresses.size() + " more servers";
  }
}
