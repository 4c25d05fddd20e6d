package chat.starling.devstack.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EdgeFileTest {

  private static final String TEXT =
      """
      listener:
        address: 0.0.0.0 # setting: edge.host
        - port_value: 7443 # setting: edge.port
        port_value: 7443
      """;

  @Test
  void setting_given_replacesItsLinesValueOnly() {
    assertThat(EdgeFile.with(TEXT, Map.of("edge.port", "99")))
        .isEqualTo(
            """
            listener:
              address: 0.0.0.0 # setting: edge.host
              - port_value: 99 # setting: edge.port
              port_value: 7443
            """);
  }

  @Test
  void setting_unknown_isRefused() {
    assertThatThrownBy(() -> EdgeFile.with(TEXT, Map.of("edge.por", "99")))
        .hasMessageContaining("edge.por'");
  }

  @Test
  void lines_askedFor_count() {
    String text =
        """
        cluster:
          #tls socket:
          #tls   # why
          #tls   name: a # setting: socket.name
          # tls is elsewhere
        """;
    assertThat(EdgeFile.with(EdgeFile.including(text, "tls"), Map.of("socket.name", "b")))
        .isEqualTo(
            """
            cluster:
              socket:
                # why
                name: b # setting: socket.name
              # tls is elsewhere
            """);
  }

  @Test
  void lines_unknown_areRefused() {
    assertThatThrownBy(() -> EdgeFile.including(TEXT, "tls")).hasMessageContaining("#tls '");
  }

  @Test
  void item_forEachOfTwo_standsTwiceWithItsOwnSettings() {
    String text =
        """
        all:
          - one: # each: bird
              name: robin # setting: bird.name
            more: 1
        end: 2
        """;
    var birds = List.of(Map.of("bird.name", "starling"), Map.of("bird.name", "wren"));
    assertThat(EdgeFile.withEach(text, "bird", birds))
        .isEqualTo(
            """
            all:
              - one: # each: bird
                  name: starling # setting: bird.name
                more: 1
              - one: # each: bird
                  name: wren # setting: bird.name
                more: 1
            end: 2
            """);
  }

  @Test
  void item_unknown_isRefused() {
    assertThatThrownBy(() -> EdgeFile.withEach(TEXT, "bird", List.of()))
        .hasMessageContaining("each: bird'");
  }
}
