package chat.starling.gateway.runtime;

import chat.starling.platform.settings.Setting;
import java.time.Duration;

/** How much is held of users because somebody looks at them. */
public record EdgeSettings(
    @Setting(value = "users remembered", byDefault = "100000", min = 1) int users,
    @Setting(
            value = "how long each is remembered: after so long a change is noticed at the latest",
            byDefault = "30s",
            min = 1,
            max = 3_600_000)
        Duration time) {}
