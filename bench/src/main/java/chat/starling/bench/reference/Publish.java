package chat.starling.bench.reference;

/**
 * An order to send the next events to every viewer.
 *
 * @param count how many
 * @param joined whether a viewer gets them in one DATA frame, or in one each
 * @param micros what their texts begin with: the moment of the order, in microseconds of the epoch
 */
public record Publish(int count, boolean joined, long micros) {}
