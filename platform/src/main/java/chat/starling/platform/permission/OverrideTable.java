package chat.starling.platform.permission;

import java.util.Arrays;
import java.util.Map;

/** Overrides by the id of the role or member, in arrays in the order of the ids. */
final class OverrideTable {

  private final long[] ids;
  private final long[] allows;
  private final long[] denies;

  OverrideTable(Map<Long, ChannelOverride> overrides) {
    ids = overrides.keySet().stream().mapToLong(Long::longValue).sorted().toArray();
    allows = new long[ids.length];
    denies = new long[ids.length];
    overrides.forEach(this::put);
  }

  private void put(long id, ChannelOverride override) {
    int index = indexOf(id);
    allows[index] = override.allow() & Permissions.OVERRIDABLE;
    denies[index] = override.deny() & Permissions.OVERRIDABLE;
  }

  /** Where the id's override is; negative when it has none. */
  int indexOf(long id) {
    return Arrays.binarySearch(ids, id);
  }

  long allowAt(int index) {
    return allows[index];
  }

  long denyAt(int index) {
    return denies[index];
  }

  /** The mask after this id's override. */
  long apply(long id, long mask) {
    int index = indexOf(id);
    return index < 0 ? mask : (mask & ~denies[index]) | allows[index];
  }

  ChannelOverride of(long id) {
    int index = indexOf(id);
    return index < 0 ? ChannelOverride.NONE : new ChannelOverride(allows[index], denies[index]);
  }

  int size() {
    return ids.length;
  }
}
