package chat.starling.channel.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.starling.platform.ring.RingCodec;
import chat.starling.platform.ring.RingView;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The command against servers that only tell their status. */
class RingCommandIT {

  private static final FakeServer FIRST = new FakeServer();
  private static final FakeServer SECOND = new FakeServer();

  private final RingView ring = Statuses.ring(3, FIRST.address(), SECOND.address());
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final RingCommand command =
      RingCommand.with(Duration.ofSeconds(20), Duration.ofMillis(1));

  @AfterEach
  void silence() {
    FIRST.tells(null);
    SECOND.tells(null);
  }

  @AfterAll
  static void end() {
    FIRST.close();
    SECOND.close();
  }

  @Test
  void ring_allWell_isShownWithExitCode0() {
    allWell();
    assertThat(run("--server", SECOND.address())).isEqualTo(RingCommand.FINE);
    assertThat(out.toString())
        .contains("chan-1", FIRST.address(), "chan-2", SECOND.address(), "nothing is wrong");
    assertThat(err.toString())
        .contains("asking " + SECOND.address() + ", 20000 ms at most", "asking " + FIRST.address());
  }

  @Test
  void ring_askedByAnotherName_showsEachServerOnce() {
    allWell();
    String other = FIRST.address().replace("127.0.0.1", "localhost");
    assertThat(run("--server", other, "--json")).isEqualTo(RingCommand.FINE);
    assertThat(out.toString()).containsOnlyOnce("\"server_id\":\"chan-1\"");
  }

  @Test
  void json_isOneLineOnStandardOutput() throws Exception {
    allWell();
    assertThat(run("--server", FIRST.address(), "--json", "--shards")).isEqualTo(RingCommand.FINE);
    assertThat(out.toString().lines()).hasSize(1);
    JsonNode json = new JsonMapper().readTree(out.toString());
    assertThat(json.at("/servers")).hasSize(2);
    assertThat(json.at("/shards")).hasSize(4096);
  }

  @Test
  void member_thatNeverAnswers_isShownWithExitCode3() {
    FIRST.tells(Statuses.well("chan-1", ring));
    RingCommand impatient = RingCommand.with(Duration.ofMillis(1_500), Duration.ofMillis(1));
    assertThat(run(impatient, "--server", FIRST.address())).isEqualTo(RingCommand.WRONG);
    assertThat(out.toString())
        .contains("<-- no answer within 1500 ms")
        .contains("wrong: chan-2 at " + SECOND.address() + " does not answer");
  }

  @Test
  void member_thatIsGone_isShownWithExitCode3() {
    String address = gone();
    FIRST.tells(Statuses.well("chan-1", Statuses.ring(3, FIRST.address(), address)));
    assertThat(run("--server", FIRST.address())).isEqualTo(RingCommand.WRONG);
    assertThat(out.toString())
        .contains("wrong: chan-2 at " + address + " does not answer: it cannot be reached");
  }

  @Test
  void server_withAnOlderRing_leadsToTheMembersOfTheNewer() {
    try (FakeServer third = new FakeServer()) {
      RingView newer = Statuses.ring(4, FIRST.address(), SECOND.address(), third.address());
      FIRST.tells(
          Statuses.with(
              Statuses.well("chan-1", newer), status -> status.setRing(RingCodec.toMessage(ring))));
      SECOND.tells(Statuses.well("chan-2", newer));
      third.tells(Statuses.well("chan-3", newer));
      assertThat(run("--server", FIRST.address())).isEqualTo(RingCommand.WRONG);
      assertThat(third.asked()).isEqualTo(1);
      assertThat(out.toString())
          .contains("ring: version 4 at chan-2, chan-3; version 3 at chan-1   <-- they disagree");
    }
  }

  @Test
  void server_thatNobodyIs_isToldWithExitCode1() {
    String address = gone();
    assertThat(run("--server", address)).isEqualTo(RingCommand.NOBODY);
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString()).contains(address + " does not answer: it cannot be reached");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--server=nonsense", "--server=host:99999", "--sever=a:1", "extra"})
  void commandLine_wrong_endsWithExitCode2(String argument) {
    assertThat(run(argument)).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(err.toString())
        .containsAnyOf("Usage: starling-ring", "Possible solutions: --server");
  }

  @Test
  void watch_asksAgainUntilStopped() {
    allWell();
    var running = CompletableFuture.supplyAsync(() -> run("--server", FIRST.address(), "--watch"));
    int before = SECOND.asked();
    await().until(() -> SECOND.asked() >= before + 2);
    command.stop();
    assertThat(running.orTimeout(60, TimeUnit.SECONDS).join()).isEqualTo(RingCommand.FINE);
  }

  /** An address at which a server was a moment ago. */
  private static String gone() {
    try (FakeServer server = new FakeServer()) {
      return server.address();
    }
  }

  private void allWell() {
    FIRST.tells(Statuses.well("chan-1", ring));
    SECOND.tells(Statuses.well("chan-2", ring));
  }

  private int run(String... arguments) {
    return run(command, arguments);
  }

  private int run(RingCommand which, String... arguments) {
    return RingCommand.commandLine(which)
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }
}
