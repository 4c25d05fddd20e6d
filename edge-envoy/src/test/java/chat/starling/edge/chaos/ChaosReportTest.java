package chat.starling.edge.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChaosReportTest {

  private static final FaultReport KILL =
      new FaultReport(
          "channel-server-kill",
          "channel-server-2",
          62_000,
          8_500,
          700,
          3_104,
          new FaultReport.Own(5, 3_104));
  private static final FaultReport REDIS =
      new FaultReport("redis-stop", "redis", 75_000, 4_000, 250, 31, null);

  @Test
  void line_ofAFault_setsThePauseBesideTheLease() {
    assertThat(KILL.line(3_000))
        .isEqualTo(
            "01:02  channel-server-kill    channel-server-2  for 8.500 s, well again after 0.700 s;"
                + " longest pause 3.104 s, 3.104 s in its 5 channels, lease 3.000 s");
  }

  @Test
  void table_ofARunThatHeld_hasARowForEachFaultAndSaysSo() {
    assertThat(report(List.of()).table().lines().toList())
        .hasSize(7)
        .anyMatch(
            line -> line.matches(" +01:02 +channel-server-kill .* 3\\.104 s in its 5 channels"))
        .anyMatch(line -> line.matches(" +01:15 +redis-stop +redis .* 0\\.031 s +-"))
        .last()
        .asString()
        .contains("nothing acked was lost");
  }

  @Test
  void table_ofARunThatDidNot_namesEachContradiction() {
    assertThat(report(List.of("100% lost")).table()).contains("WRONG: 100% lost");
  }

  @Test
  void json_hasTheSameFigures(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("report.json");
    report(List.of("lost")).write(file);
    JsonNode json = new ObjectMapper().readTree(file.toFile());
    assertThat(json.at("/seed").asLong()).isEqualTo(9);
    assertThat(json.at("/faults/0/own/longestPauseMillis").asLong()).isEqualTo(3_104);
    assertThat(json.at("/faults/1/own").isNull()).isTrue();
    assertThat(json.at("/contradictions/0").asText()).isEqualTo("lost");
  }

  private static ChaosReport report(List<String> contradictions) {
    return new ChaosReport(
        9, 3, 2, 3_000, 80_000, 12_345, 1, 60, List.of(KILL, REDIS), contradictions);
  }
}
