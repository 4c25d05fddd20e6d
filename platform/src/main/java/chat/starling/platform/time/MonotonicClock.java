package chat.starling.platform.time;

/** A clock that only goes forward and says nothing about the time of day. */
@FunctionalInterface
public interface MonotonicClock {

  /** Nanoseconds since an arbitrary moment of this process; compare by subtraction only. */
  long nanos();
}
