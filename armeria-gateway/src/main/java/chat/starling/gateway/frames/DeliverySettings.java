package chat.starling.gateway.frames;

import chat.starling.gateway.delivery.Ticks;
import chat.starling.platform.settings.Setting;
import java.time.Duration;

/** How events leave for clients. */
public record DeliverySettings(
    @Setting(
            value =
                "composed: frames of all streams of a connection in one buffer; portable: each"
                    + " stream's by itself",
            byDefault = "composed")
        ClientStreams.Writer writer,
    @Setting(
            value =
                "what follows an event within this time leaves together with the next frame; 0ms"
                    + " lets each event leave at once",
            byDefault = "20ms",
            min = 0,
            max = 1_000)
        Duration tick,
    @Setting(
            value = "what the tick grows to at most while the gateway is behind",
            byDefault = "200ms",
            min = 0,
            max = 5_000)
        Duration longestTick,
    @Setting(
            value = "bytes that wait in one connection before its streams are held back",
            byDefault = "1048576",
            min = 65_536,
            max = 268_435_456)
        int connectionBuffer) {

  /** How streams are opened. */
  public ClientStreams streams() {
    return new ClientStreams(writer, connectionBuffer);
  }

  /** How long events wait for others. */
  public Ticks ticks() {
    return new Ticks(tick, longestTick);
  }
}
