package chat.starling.channel.workspace;

import chat.starling.api.internal.v1.Act;
import chat.starling.api.v1.Reason;
import chat.starling.platform.refusal.Refuse;
import java.util.List;
import java.util.stream.LongStream;

/** Who is in a direct channel. */
final class DirectUsers {

  private static final int MOST_OTHERS = 9;
  private static final String FIELD = "act.open_direct.user_ids";

  private DirectUsers() {}

  /** All whom the actor asks for and himself, in rising order; refuses TOO_MANY, OUT_OF_RANGE. */
  static List<Long> of(long actorId, Act.OpenDirect act) {
    if (act.getUserIdsCount() > MOST_OTHERS) {
      throw Refuse.because(Reason.REASON_TOO_MANY)
          .field(FIELD)
          .value(act.getUserIdsCount())
          .expected("1.." + MOST_OTHERS)
          .toException();
    }
    List<Long> users =
        LongStream.concat(
                LongStream.of(actorId), act.getUserIdsList().stream().mapToLong(Long::longValue))
            .filter(user -> user > 0)
            .sorted()
            .distinct()
            .boxed()
            .toList();
    if (users.size() < 2 || users.size() != act.getUserIdsCount() + 1) {
      throw Refuse.because(Reason.REASON_OUT_OF_RANGE)
          .field(FIELD)
          .expected("ids of 1.." + MOST_OTHERS + " others, each once")
          .toException();
    }
    return users;
  }
}
