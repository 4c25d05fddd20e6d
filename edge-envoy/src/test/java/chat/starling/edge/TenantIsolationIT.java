package chat.starling.edge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import chat.starling.api.v1.Backfill;
import chat.starling.api.v1.ClientFrame;
import chat.starling.api.v1.Focus;
import chat.starling.api.v1.Send;
import chat.starling.api.v1.ServerFrame;
import chat.starling.api.v1.View;
import chat.starling.edge.PublicCalls.Call;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * What somebody may not know of is, by every rpc and every frame, as if it did not exist: the
 * answer is that for an id which was never given, character by character.
 */
class TenantIsolationIT {

  private static final int TENANTS = 50;
  private static final long SEED = Long.getLong("starling.seed", 20261127);

  /** Reads that a plain member's token or the name in the request does not get an answer to. */
  private static final Set<String> REFUSED =
      Set.of("ListAuditLog", "LookupChannel", "GetFilters", "ListReports", "ListInvitations");

  private static final int ROUNDS = Integer.getInteger("starling.isolation.rounds", 3);

  private final Random random = new Random(SEED);

  @Test
  void whatIsHidden_isAsIfItDidNotExist_andNothingOfItIsEverSeen() throws Exception {
    PublicCalls all = PublicCalls.read();
    RunningStack stack = RunningStack.shared();
    try (HttpClient http = stack.https();
        Tenants tenants = Tenants.talking(stack, TENANTS)) {
      int alike = 0;
      for (int i = 0; i < ROUNDS; i++) {
        for (Call call : all.calls()) {
          alike += probe(tenants, all, call, http);
        }
        frames(tenants);
      }
      tenants.assertAllHeardTheirOwn();
      System.out.println(
          "isolation: %d rpcs, %d pairs of answers alike, %d tenants"
              .formatted(all.calls().size(), alike, TENANTS));
    }
  }

  private int probe(Tenants tenants, PublicCalls all, Call call, HttpClient http)
      throws IOException, InterruptedException {
    Tenant mine = tenants.any(random);
    List<Probe> probes = Probe.of(all, call);
    for (Probe probe : probes) {
      long hidden = tenants.hiddenFrom(mine, probe.kind(), random);
      long never = neverGiven();
      String ofHidden = answer(mine, call, probe.request(all, call, mine::known, hidden), http);
      String ofNever = answer(mine, call, probe.request(all, call, mine::known, never), http);
      assertAlike(mine, call.name() + " " + probe.kind(), ofHidden, hidden, ofNever, never);
    }
    if (call.isRead()) {
      String read = answer(mine, call, Probe.filled(all, call, mine::known), http);
      assertThat(read.startsWith("200 "))
          .as(call.name() + " " + read)
          .isEqualTo(!REFUSED.contains(call.name()));
      Tenants.assertIsOf(mine, read);
    }
    return probes.size();
  }

  private void frames(Tenants tenants) {
    Tenant mine = tenants.any(random);
    long hidden = tenants.hiddenFrom(mine, IdKind.CHANNEL, random);
    long never = neverGiven();
    RawSession session = RawSession.ready(mine.stack().channel(), mine.membersToken());
    for (String what : List.of("focus", "focus after", "backfill", "send")) {
      ServerFrame ofHidden = session.send(frame(what, hidden)).next();
      ServerFrame ofNever = session.send(frame(what, never)).next();
      assertAlike(mine, what, text(ofHidden), hidden, text(ofNever), never);
    }
    session.halfClose();
  }

  /** All that a refusal says; anything else is none and differs from it. */
  private static String text(ServerFrame frame) {
    var refusal = frame.getRefusal();
    return String.join(
        " | ",
        frame.getFrameCase().name(),
        refusal.getReason().name(),
        refusal.getField(),
        refusal.getValue(),
        refusal.getExpected(),
        refusal.getMessage(),
        Boolean.toString(refusal.hasRetryAfter()));
  }

  private static ClientFrame frame(String what, long channel) {
    ClientFrame.Builder frame = ClientFrame.newBuilder().setRef(7);
    View.Builder view = View.newBuilder().setChannelId(channel);
    return switch (what) {
      case "focus" -> frame.setFocus(Focus.newBuilder().addViews(view)).build();
      case "focus after" ->
          frame.setFocus(Focus.newBuilder().addViews(view.setAfterSeq(0))).build();
      case "backfill" -> frame.setBackfill(Backfill.newBuilder().setChannelId(channel)).build();
      default ->
          frame
              .setSend(
                  Send.newBuilder().setChannelId(channel).setNonce(Probe.nonce()).setText("psst"))
              .build();
    };
  }

  private static String answer(Tenant as, Call call, ObjectNode fields, HttpClient http)
      throws IOException, InterruptedException {
    String path = call.path();
    ObjectNode body = fields.objectNode();
    List<String> rest = new ArrayList<>();
    for (var field : fields.properties()) {
      String name = "{" + field.getKey() + "}";
      if (path.contains(name)) {
        path = path.replace(name, field.getValue().asText());
      } else {
        body.set(field.getKey(), field.getValue());
        rest.add(field.getKey() + "=" + URLEncoder.encode(plain(field.getValue()), UTF_8));
      }
    }
    String query = rest.isEmpty() || call.hasBody() ? "" : "?" + String.join("&", rest);
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create("https://localhost:" + as.stack().edgePort() + path + query))
            .header("authorization", "Bearer " + as.membersToken())
            .header("content-type", "application/json")
            .method(
                call.verb(),
                call.hasBody() ? BodyPublishers.ofString(body.toString()) : BodyPublishers.noBody())
            .build();
    HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
    return answer.statusCode() + " " + answer.body();
  }

  private static String plain(JsonNode value) {
    return value.isArray() ? value.get(0).asText() : value.asText();
  }

  private static void assertAlike(
      Tenant mine, String what, String ofHidden, long hidden, String ofNever, long never) {
    assertThat(ofHidden.replace(Long.toString(hidden), "#"))
        .as("%s of %d, seed %d", what, hidden, SEED)
        .isEqualTo(ofNever.replace(Long.toString(never), "#"));
    Tenants.assertIsOf(mine, ofHidden);
  }

  /** Of the time to come. */
  private long neverGiven() {
    return Long.MAX_VALUE / 2 + random.nextInt(1_000_000);
  }
}
