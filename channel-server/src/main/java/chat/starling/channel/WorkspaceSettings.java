package chat.starling.channel;

import chat.starling.channel.owner.TrustBounds;
import chat.starling.platform.settings.Setting;
import java.time.Duration;

/** How acts on workspaces are made to hold everywhere before they are answered. */
public record WorkspaceSettings(
    @Setting(
            value =
                "for how long gateways go by what they know of a workspace after its owner has last"
                    + " heard of them; so long acts wait at most for one that is gone, and after"
                    + " the workspace has come to another server",
            byDefault = "10s",
            min = 100,
            max = 600_000)
        Duration trust,
    @Setting(
            value =
                "how long a gateway has to say that it goes by an act, before it loses its"
                    + " subscription to the workspace",
            byDefault = "2s",
            min = 10,
            max = 600_000)
        Duration confirmPatience) {

  TrustBounds bounds() {
    return new TrustBounds(trust, confirmPatience);
  }
}
