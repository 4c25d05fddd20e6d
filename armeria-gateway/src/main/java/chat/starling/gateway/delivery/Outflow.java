package chat.starling.gateway.delivery;

/** Something that holds written messages back until it is told to let them go. */
public interface Outflow {

  /** Sends what was written, as much of it as there is room for, in as few frames as can be. */
  void flush();
}
