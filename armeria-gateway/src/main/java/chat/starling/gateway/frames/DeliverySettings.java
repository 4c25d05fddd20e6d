package chat.starling.gateway.frames;

import chat.starling.gateway.delivery.FanOut;
import chat.starling.gateway.delivery.PushedChannels;
import chat.starling.gateway.delivery.Ticks;
import chat.starling.platform.settings.Setting;
import java.time.Duration;

/** Who is sent what, and how it leaves. */
public record DeliverySettings(
    @Setting(
            value =
                "a session is told at most this often which channels have moved that it does not"
                    + " look at",
            byDefault = "2s",
            min = 100,
            max = 60_000)
        Duration bumpInterval,
    @Setting(
            value =
                "members up to which a channel is small: sessions that ask for it get its messages"
                    + " without looking at it; 0 for none",
            byDefault = "20",
            min = 0,
            max = 100)
        int pushMembers,
    @Setting(
            value = "small channels that a session has in view so at once; others are bumped",
            byDefault = "50",
            min = 1,
            max = 1_000)
        int pushChannels,
    @Setting(
            value = "how long a small channel that has become quiet stays in view so",
            byDefault = "5m",
            min = 1_000,
            max = 86_400_000)
        Duration pushQuietTime,
    @Setting(
            value =
                "events a second of one channel that are sent to each viewer as they come;"
                    + " beyond, viewers are told where the channel is and read for themselves",
            byDefault = "1000",
            min = 1,
            max = 1_000_000)
        int flowRate,
    @Setting(
            value =
                "viewers of a channel on one event loop up to which flow-rate holds; with more of"
                    + " them the rate falls in proportion",
            byDefault = "500",
            min = 1,
            max = 1_000_000)
        int flowViewers,
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

  /** What of small channels sessions have in view by themselves. */
  public PushedChannels.Limits pushes() {
    return new PushedChannels.Limits(pushChannels, pushQuietTime);
  }

  /** How streams are opened. */
  public ClientStreams streams() {
    return new ClientStreams(writer, connectionBuffer);
  }

  /** How long events wait for others. */
  public Ticks ticks() {
    return new Ticks(tick, longestTick);
  }

  /** Up to where events flow to each viewer. */
  public FanOut.Limits flow() {
    return new FanOut.Limits(flowRate, flowViewers);
  }
}
