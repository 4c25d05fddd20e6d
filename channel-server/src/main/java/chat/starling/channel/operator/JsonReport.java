package chat.starling.channel.operator;

import chat.starling.api.internal.v1.GetStatusResponse;
import chat.starling.platform.ring.Shard;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;

/** A report in one line of JSON, for scripts; docs/architecture/operating.md describes it. */
final class JsonReport {

  private static final JsonMapper MAPPER = new JsonMapper();

  private JsonReport() {}

  /** All of the report, every shard only when asked for. */
  static String of(RingReport report, boolean shards) {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("ring_version", report.view().version());
    json.put("rings_agree", report.rings().size() == 1);
    ArrayNode servers = json.putArray("servers");
    report.servers().forEach(server -> server(servers.addObject(), server));
    ShardClaims claims = report.claims();
    numbers(json.putArray("shards_of_nobody"), claims.ofNobody());
    numbers(json.putArray("shards_unknown"), claims.unknown());
    numbers(json.putArray("shards_of_several"), claims.ofSeveral());
    numbers(json.putArray("shards_moving"), claims.moving());
    if (shards) {
      ArrayNode all = json.putArray("shards");
      for (int shard = 0; shard < Shard.COUNT; shard++) {
        claims(all.addObject().put("shard", shard).putArray("claims"), claims.of(shard));
      }
    }
    ArrayNode lags = json.putArray("lags");
    report.lags().forEach(lag -> lag(lags.addObject(), lag));
    ArrayNode problems = json.putArray("problems");
    report.problems().forEach(problems::add);
    return json.toString();
  }

  private static void server(ObjectNode json, ServerLine server) {
    json.put("server_id", server.id());
    json.put("incarnation", server.incarnation());
    json.put("address", server.address());
    json.put("state", server.state().name().toLowerCase(Locale.ROOT));
    json.put("shards_of_ring", server.shardsOfView());
    GetStatusResponse status = server.status();
    json.put("answers", status != null);
    if (status == null) {
      json.put("why", server.why());
      return;
    }
    json.put("ring_version", status.getRing().getVersion());
    json.put("lease_valid", status.getLeaseValid());
    json.put("lease_remaining_ms", ServerLine.leaseMillis(status));
    json.put("shards", status.getShardsCount());
    json.put("epoch_min", ServerLine.minEpoch(status));
    json.put("epoch_max", ServerLine.maxEpoch(status));
    json.put("active_feeds", status.getActiveFeeds());
    json.put("open_feeds", status.getOpenFeeds());
    json.put("history_lag", status.getHistoryLag());
    json.put("outbox_lag", status.getOutboxLag());
  }

  private static void claims(ArrayNode json, List<ShardClaims.Claim> claims) {
    claims.forEach(
        claim -> json.addObject().put("server_id", claim.server()).put("epoch", claim.epoch()));
  }

  private static void lag(ObjectNode json, Lag lag) {
    json.put("feed", lag.feed());
    json.put("server_id", lag.server());
    json.put("seq", lag.seq());
    json.put("history_lag", lag.history());
    json.put("outbox_lag", lag.outbox());
  }

  private static void numbers(ArrayNode json, List<Integer> numbers) {
    numbers.forEach(json::add);
  }
}
