package chat.starling.channel.operator;

import static org.assertj.core.api.Assertions.assertThat;

import chat.starling.platform.ring.RingView;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reports as people and scripts get them. */
class ReportTextTest {

  private static final RingView RING = Statuses.ring(7, "10.0.0.1:7420", "10.0.0.2:7420");
  private static final Answer A =
      Statuses.told(
          "10.0.0.1:7420",
          Statuses.with(
              Statuses.well("chan-1", RING),
              status -> status.setOutboxLag(31).addWorst(Statuses.lag(42, 0, 31))));
  private static final Answer B = Statuses.told("10.0.0.2:7420", Statuses.well("chan-2", RING));
  private static final Answer SILENT =
      new Answer.Silent("10.0.0.2:7420", "no answer within 2000 ms");

  @Test
  void text_allWell_isATableInColumns() {
    assertThat(text(List.of(A, B), false))
        .isEqualTo(
            """
            SERVER  INC  ADDRESS        STATE   LEASE       SHARDS  OF RING  EPOCHS  FEEDS  OPEN  HISTORY LAG  OUTBOX LAG
            chan-1    1  10.0.0.1:7420  active  2.4 s left    2086     2086    1..1     12     3            0          31
            chan-2    1  10.0.0.2:7420  active  2.4 s left    2010     2010    1..1     12     3            0           0

            ring: version 7 at chan-1, chan-2

            FEED        SERVER   SEQ  HISTORY LAG  OUTBOX LAG
            channel/42  chan-1  1000            0          31

            nothing is wrong
            """);
  }

  @Test
  void text_silentMember_isMarkedAndIsWrong() {
    assertThat(text(List.of(A, SILENT), false))
        .contains("chan-2    1  10.0.0.2:7420  active  <-- no answer within 2000 ms\n")
        .contains("wrong: chan-2 at 10.0.0.2:7420 does not answer");
  }

  @Test
  void text_withShards_listsEachOnce() {
    String text = text(List.of(A, SILENT), true);
    assertThat(text)
        .containsPattern("\nchan-1, epoch 1: [0-9]")
        .contains("<-- of servers that do not");
    long listed =
        text.lines()
            .filter(line -> line.matches("(chan-1, epoch 1|<-- of servers .*): .*"))
            .flatMap(line -> List.of(line.replaceFirst("^.*: ", "").split(" ")).stream())
            .mapToLong(ReportTextTest::count)
            .sum();
    assertThat(listed).isEqualTo(4096);
  }

  @Test
  void json_holdsTheSameFacts() throws JsonProcessingException {
    JsonNode json =
        new JsonMapper().readTree(JsonReport.of(RingReport.of(List.of(A, SILENT)), true));
    assertThat(json.at("/ring_version").asLong()).isEqualTo(7);
    assertThat(json.at("/rings_agree").asBoolean()).isTrue();
    assertThat(json.at("/servers/0/lease_remaining_ms").asLong()).isEqualTo(2_400);
    assertThat(json.at("/servers/0/shards").asLong()).isEqualTo(2086);
    assertThat(json.at("/servers/1/answers").asBoolean()).isFalse();
    assertThat(json.at("/servers/1/why").asText()).isEqualTo("no answer within 2000 ms");
    assertThat(json.at("/shards")).hasSize(4096);
    assertThat(json.at("/shards_unknown")).hasSize(2010);
    assertThat(json.at("/lags/0/feed").asText()).isEqualTo("channel/42");
    assertThat(json.at("/problems")).hasSize(1);
  }

  @Test
  void json_withoutShards_leavesThemOut() {
    assertThat(JsonReport.of(RingReport.of(List.of(A, B)), false))
        .doesNotContain("\"shards\":[")
        .contains("\"problems\":[]");
  }

  @ParameterizedTest
  @CsvSource({"'',''", "'5','5'", "'1 2 3','1-3'", "'1 3 4 6','1 3-4 6'"})
  void shardList_joinsNeighbours(String shards, String text) {
    List<Integer> numbers =
        shards.isEmpty()
            ? List.of()
            : List.of(shards.split(" ")).stream().map(Integer::valueOf).toList();
    assertThat(ShardList.of(numbers)).isEqualTo(text);
  }

  @Test
  void shardList_ofTooManyRuns_saysHowManyAreLeftOut() {
    assertThat(ShardList.of(List.of(1, 3, 5, 7, 8), 2)).isEqualTo("1 3 and 3 more");
  }

  private static long count(String run) {
    String[] ends = run.split("-", 2);
    return ends.length == 1 ? 1 : Long.parseLong(ends[1]) - Long.parseLong(ends[0]) + 1;
  }

  private static String text(List<Answer> answers, boolean shards) {
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    new TextReport(out).write(RingReport.of(answers), shards);
    return text.toString();
  }
}
