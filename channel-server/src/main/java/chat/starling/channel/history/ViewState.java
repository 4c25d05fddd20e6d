package chat.starling.channel.history;

/**
 * What tells apart two moments between which an old page may have changed: a message was deleted,
 * or somebody else could have deleted one.
 *
 * @param epoch of the channel's owner
 * @param lastDeletion the seq of the last deletion that the owner knows of; 0 when it knows of none
 */
public record ViewState(long epoch, long lastDeletion) {

  /** Where nothing was ever deleted. */
  public static final ViewState UNCHANGED = new ViewState(0, 0);
}
