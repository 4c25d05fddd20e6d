package chat.starling.platform.ring;

/** Whether a member of the ring takes work. */
public enum MemberState {
  /** It owns its part of the shards. */
  ACTIVE,
  /** It gives up its shards and takes no new ones. */
  DRAINING
}
