package chat.starling.channel.ownership;

/**
 * What became of a compare-and-set.
 *
 * @param <R> the row
 */
public sealed interface Outcome<R> {

  /** It was applied: the store holds the new row. */
  record Applied<R>() implements Outcome<R> {}

  /** It was not applied: the store holds this row instead of the expected one. */
  record Refused<R>(R current) implements Outcome<R> {}

  /** Nobody knows: it was applied, or it will be at any later moment, or never. */
  record Unknown<R>() implements Outcome<R> {}
}
