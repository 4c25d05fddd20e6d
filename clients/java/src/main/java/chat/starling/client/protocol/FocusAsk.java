package chat.starling.client.protocol;

import chat.starling.api.v1.Refusal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the server has been told of the focus last, by a Focus or by the cursors of a Hello: which
 * answers are open, and when to tell it again.
 */
final class FocusAsk {
  static final long NEVER = Long.MAX_VALUE;

  private static final Pattern INDEX = Pattern.compile("\\[(\\d{1,9})]");

  private int ref;
  private List<Long> named = List.of();
  private final Set<Long> unanswered = new LinkedHashSet<>();
  private long answerBy = NEVER;
  private long retryAt = NEVER;

  private int helloRef;
  private List<Long> helloNamed = List.of();
  private boolean helloNamedAll;
  private boolean settledBeforeHello;

  /** The wanted focus is to be told again from this time on. */
  void again(long at) {
    retryAt = Math.min(retryAt, at);
  }

  /**
   * A Hello went out.
   *
   * @param all whether its cursors name the whole wanted focus
   */
  void helloSent(int sentRef, List<Long> channelIds, boolean all) {
    settledBeforeHello = unanswered.isEmpty() && retryAt == NEVER;
    helloRef = sentRef;
    helloNamed = channelIds;
    helloNamedAll = all;
    retryAt = NEVER;
  }

  /** The session stands: a resumed one has its earlier focus, a new one that of the Hello. */
  void ready(boolean resumed, long now) {
    boolean unchanged = retryAt == NEVER;
    answerBy = NEVER;
    unanswered.clear();
    if (resumed ? !settledBeforeHello : !helloNamedAll) {
      again(now);
    } else if (!resumed && unchanged) {
      told(helloRef, helloNamed, now);
    }
  }

  /** A Focus of this ref went out. */
  void told(int sentRef, Collection<Long> channelIds, long now) {
    ref = sentRef;
    named = new ArrayList<>(channelIds);
    unanswered.clear();
    unanswered.addAll(named);
    answerBy = named.isEmpty() ? NEVER : now + Timing.ANSWER_MILLIS;
    retryAt = NEVER;
  }

  /** Takes a Focused; false when it answers something that has been replaced since. */
  boolean answered(int answerRef, long channelId) {
    if (answerRef != 0 && answerRef != ref) {
      return false;
    }
    settle(channelId);
    return true;
  }

  /**
   * Takes a refusal and names the channels that it concerns; none when it answers something else.
   */
  List<Long> refused(int answerRef, Refusal refusal) {
    if (answerRef == 0 || answerRef != ref) {
      return List.of();
    }
    List<Long> concerned = concerned(refusal);
    concerned.forEach(this::settle);
    return concerned;
  }

  long dueAt() {
    return Math.min(answerBy, retryAt);
  }

  private void settle(long channelId) {
    unanswered.remove(channelId);
    if (unanswered.isEmpty()) {
      answerBy = NEVER;
    }
  }

  private List<Long> concerned(Refusal refusal) {
    Matcher index = INDEX.matcher(refusal.getField());
    if (index.find() && Integer.parseInt(index.group(1)) < named.size()) {
      return List.of(named.get(Integer.parseInt(index.group(1))));
    }
    for (Long channelId : named) {
      if (refusal.getValue().equals(channelId.toString())) {
        return List.of(channelId);
      }
    }
    return List.copyOf(unanswered);
  }
}
