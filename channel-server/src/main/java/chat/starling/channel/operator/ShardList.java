package chat.starling.channel.operator;

import java.util.List;
import java.util.StringJoiner;

/** Numbers of shards in short: {@code 0-3 7 9-12}. */
final class ShardList {

  private ShardList() {}

  /** All of them, which must rise. */
  static String of(List<Integer> shards) {
    return of(shards, Integer.MAX_VALUE);
  }

  /** At most so many runs of them, and how many are left out. */
  static String of(List<Integer> shards, int maxRuns) {
    StringJoiner text = new StringJoiner(" ");
    int shown = 0;
    for (int i = 0, runs = 0; i < shards.size() && runs < maxRuns; runs++) {
      int end = i;
      while (end + 1 < shards.size() && shards.get(end + 1) == shards.get(end) + 1) {
        end++;
      }
      text.add(i == end ? "" + shards.get(i) : shards.get(i) + "-" + shards.get(end));
      i = end + 1;
      shown = i;
    }
    return shown < shards.size()
        ? text + " and %d more".formatted(shards.size() - shown)
        : "" + text;
  }
}
