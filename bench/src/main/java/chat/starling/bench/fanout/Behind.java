package chat.starling.bench.fanout;

import java.util.HashSet;
import java.util.Set;
import org.HdrHistogram.Histogram;

/**
 * A server behind another process, whose time counts as well.
 *
 * @param name what both are called in results
 */
public record Behind(String name, Source source, long pid) implements Source {

  @Override
  public void publish(int count) {
    source.publish(count);
  }

  @Override
  public void requireNoFault() {
    source.requireNoFault();
  }

  @Override
  public Histogram takeStored() {
    return source.takeStored();
  }

  @Override
  public Set<Long> pids() {
    Set<Long> all = new HashSet<>(source.pids());
    all.add(pid);
    return all;
  }
}
