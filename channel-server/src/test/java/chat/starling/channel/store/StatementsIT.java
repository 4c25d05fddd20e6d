package chat.starling.channel.store;

import static org.assertj.core.api.Assertions.assertThat;

import chat.starling.api.internal.v1.ChannelKind;
import chat.starling.api.internal.v1.ReportRow;
import chat.starling.api.internal.v1.WorkspaceChange;
import chat.starling.api.internal.v1.WorkspaceEvent;
import chat.starling.channel.ChannelServer;
import chat.starling.channel.TestStore;
import chat.starling.channel.directory.Channel;
import chat.starling.channel.feed.EpochStarts;
import chat.starling.channel.feed.FeedHead;
import chat.starling.channel.feed.LogRow;
import chat.starling.channel.feed.OpenMark;
import chat.starling.channel.history.StoredMessage;
import chat.starling.channel.lookup.NameEntry;
import chat.starling.channel.lookup.UserKey;
import chat.starling.channel.lookup.UserName;
import chat.starling.channel.ownership.Incarnation;
import chat.starling.channel.ownership.LeaseRow;
import chat.starling.channel.ownership.ShardOwner;
import chat.starling.channel.store.ownership.CqlLeaseStore;
import chat.starling.channel.store.ownership.CqlRingStore;
import chat.starling.channel.store.ownership.CqlShardOwnerStore;
import chat.starling.channel.store.ownership.OwnershipTables;
import chat.starling.platform.ids.FeedId;
import chat.starling.platform.ring.RingView;
import chat.starling.platform.ring.Shard;
import chat.starling.platform.storage.CqlSettings;
import chat.starling.platform.storage.CqlStore;
import chat.starling.platform.storage.CqlTables;
import chat.starling.platform.storage.Schema;
import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.Statement;
import com.datastax.oss.driver.api.core.metadata.Node;
import com.datastax.oss.driver.api.core.specex.SpeculativeExecutionPolicy;
import com.google.protobuf.ByteString;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every statement of the stores, as the driver is given it: docs/architecture/storage.md. */
class StatementsIT {

  private static final CqlSettings SETTINGS =
      TestStore.settings(
          "statements",
          Map.of("cql.log-consistency", "quorum", "cql.view-read-consistency", "local-one"));
  private static final FeedId FEED = FeedId.channel(1);
  private static final ChannelKind DIRECT = ChannelKind.CHANNEL_KIND_DIRECT;
  private static final Channel CHANNEL = new Channel(1, 2, "plans", 3);

  private static CqlSession session = CqlStore.connect(SETTINGS, "statements-it");
  private static List<Statement<?>> sent = List.of();

  @BeforeAll
  static void callEveryMethod() {
    Schema.apply(session, SETTINGS, ChannelServer.class, "schema.cql");
    OwnershipTables.create(session, SETTINGS);
    SentStatements recorded = new SentStatements(session);
    CqlTables tables = new CqlTables(recorded.session(), SETTINGS);
    feeds(tables);
    directory(new CqlDirectory(tables));
    workspaces(new CqlWorkspaces(tables));
    lookup(new CqlLookup(tables));
    reports(new CqlReports(tables));
    ownership(new OwnershipTables(recorded.session(), SETTINGS, Duration.ofSeconds(20)));
    sent = recorded.all();
  }

  @AfterAll
  static void close() {
    session.close();
  }

  @Test
  void statements_haveTheConsistencyOfTheirKind() {
    assertThat(sent.stream().flatMap(StatementsIT::lines).distinct().sorted())
        .containsExactly(
            "batch of delete channel_rules QUORUM",
            "batch of delete invitations QUORUM",
            "batch of delete workspaces QUORUM",
            "batch of insert audit_buckets QUORUM",
            "batch of insert audit_log QUORUM",
            "batch of insert channel_rules QUORUM",
            "batch of insert feed_log QUORUM",
            "batch of insert invitations QUORUM",
            "batch of insert messages QUORUM",
            "batch of insert workspaces QUORUM",
            "batch of update channel_rules QUORUM",
            "batch of update reports QUORUM",
            "batch of update workspaces QUORUM",
            "delete channel_members QUORUM",
            "delete memberships_by_user QUORUM",
            "delete open_feeds QUORUM",
            "delete overrides_by_role QUORUM",
            "delete users_by_prefix LOCAL_QUORUM",
            "insert audit_buckets QUORUM",
            "insert audit_log QUORUM",
            "insert channel_first_members LOCAL_QUORUM",
            "insert channel_members LOCAL_QUORUM",
            "insert channel_members QUORUM",
            "insert channel_names SERIAL once",
            "insert channels_by_name LOCAL_QUORUM",
            "insert channels_by_name QUORUM",
            "insert channels_by_prefix LOCAL_QUORUM",
            "insert channels_by_workspace LOCAL_QUORUM",
            "insert channels_by_workspace QUORUM",
            "insert direct_channels QUORUM",
            "insert feed_epochs SERIAL once",
            "insert feed_heads QUORUM",
            "insert feed_log QUORUM",
            "insert memberships_by_user LOCAL_QUORUM",
            "insert memberships_by_user QUORUM",
            "insert message_buckets QUORUM",
            "insert messages QUORUM",
            "insert open_feeds QUORUM",
            "insert overrides_by_role QUORUM",
            "insert report_buckets LOCAL_QUORUM",
            "insert reported_messages SERIAL once",
            "insert ring SERIAL once",
            "insert server_lease SERIAL once",
            "insert shard_owner SERIAL once",
            "insert user_names LOCAL_QUORUM",
            "insert users_by_prefix LOCAL_QUORUM",
            "insert workspace_acts QUORUM",
            "insert workspace_members QUORUM",
            "select audit_buckets QUORUM",
            "select audit_log QUORUM",
            "select channel_first_members LOCAL_QUORUM",
            "select channel_members LOCAL_QUORUM",
            "select channel_members QUORUM",
            "select channel_names SERIAL",
            "select channel_rules LOCAL_QUORUM",
            "select channel_rules QUORUM",
            "select channels_by_name LOCAL_QUORUM",
            "select channels_by_name QUORUM",
            "select channels_by_prefix LOCAL_QUORUM",
            "select channels_by_workspace LOCAL_QUORUM",
            "select direct_channels QUORUM",
            "select feed_epochs SERIAL",
            "select feed_heads QUORUM",
            "select feed_log QUORUM",
            "select invitations QUORUM",
            "select memberships_by_user LOCAL_QUORUM",
            "select message_buckets LOCAL_ONE",
            "select messages LOCAL_ONE",
            "select messages QUORUM",
            "select open_feeds QUORUM",
            "select overrides_by_role QUORUM",
            "select report_buckets LOCAL_QUORUM",
            "select reports LOCAL_QUORUM",
            "select ring SERIAL",
            "select server_lease SERIAL",
            "select shard_owner QUORUM",
            "select user_names LOCAL_QUORUM",
            "select users_by_prefix LOCAL_QUORUM",
            "select workspace_acts QUORUM",
            "select workspace_members QUORUM",
            "select workspaces QUORUM",
            "update channel_rules LOCAL_QUORUM",
            "update feed_epochs SERIAL once",
            "update reports LOCAL_QUORUM",
            "update ring SERIAL once",
            "update server_lease SERIAL once",
            "update shard_owner SERIAL once");
  }

  @Test
  void statements_allOfThem_arePreparedAndNameTheirPartition() {
    assertThat(sent)
        .allSatisfy(statement -> {
          assertThat(statement).isInstanceOfAny(BoundStatement.class, BatchStatement.class);
          assertThat(statement.getRoutingKey()).as(SentStatements.name(statement)).isNotNull();
          assertThat(statement.getRoutingKeyspace()).isNotNull();
        });
  }

  @Test
  void speculation_isForWhatMayBeSentTwiceAndIsNoTransaction() {
    for (Statement<?> statement : sent) {
      boolean serial = ConsistencyLevel.SERIAL.equals(level(statement));
      long delay = delay(statement.getExecutionProfileName());
      assertThat(delay).as(SentStatements.name(statement)).isEqualTo(serial ? -1 : 200);
    }
  }

  @Test
  void speculation_setToZero_isOff() {
    CqlSettings off = TestStore.settings("statements", Map.of("cql.speculative-delay", "0ms"));
    try (CqlSession without = CqlStore.connect(off, "statements-it")) {
      assertThat(delay(without, "default")).isEqualTo(-1);
    }
  }

  private static void feeds(CqlTables tables) {
    CqlFeedLog log = new CqlFeedLog(tables, Duration.ofDays(30));
    answer(log.write(FEED, List.of(new LogRow(1, 1, ByteString.copyFromUtf8("event")))));
    LogRow another = new LogRow(2, 1, ByteString.copyFromUtf8("another"));
    answer(log.write(FEED, List.of(another, new LogRow(3, 1, another.event()))));
    answer(log.read(FEED, 1, 1, 10));
    CqlFeedHeads heads = new CqlFeedHeads(tables);
    answer(heads.write(FEED, new FeedHead(1, 1)));
    answer(heads.read(FEED));
    CqlFeedEpochs epochs = new CqlFeedEpochs(tables);
    EpochStarts.Start start = new EpochStarts.Start(1, 1, 0);
    EpochStarts first = EpochStarts.NONE.with(start, Duration.ofDays(30));
    answer(epochs.replace(FEED, EpochStarts.NONE, first));
    answer(epochs.replace(FEED, first, first.with(start, Duration.ofDays(30))));
    answer(epochs.read(FEED));
    CqlOpenMarks marks = new CqlOpenMarks(tables);
    answer(marks.put(FEED, new OpenMark(1, 0, 0), 1));
    answer(marks.delete(FEED, 1, 2));
    answer(marks.ofFeed(FEED));
    answer(marks.ofShard(Shard.of(FEED)));
    CqlHistoryView view = new CqlHistoryView(tables);
    StoredMessage message = new StoredMessage(1, 1, ByteString.copyFromUtf8("message"));
    answer(view.open(1, 0));
    answer(view.write(1, 0, List.of(message, new StoredMessage(2, 2, message.message()))));
    answer(view.bucketsBackward(1, 0, 10));
    answer(view.bucketsForward(1, 0, 10));
    answer(view.below(1, 0, 9, 10));
    answer(view.between(1, 0, 0, 9, 10));
    answer(view.delete(1, 0, new StoredMessage(3, 3, message.message()), 7));
    answer(view.deleted(1, 0, 0, 9));
  }

  private static void directory(CqlDirectory directory) {
    answer(directory.claimName(CHANNEL));
    answer(directory.named(CHANNEL.workspaceId(), CHANNEL.name()));
    answer(directory.make(CHANNEL));
    answer(directory.channel(CHANNEL.id()));
    answer(directory.isMember(CHANNEL.id(), 3));
    answer(directory.members(CHANNEL.id(), 0, 0, 10));
    answer(directory.list(CHANNEL.workspaceId(), 0, 0, 10));
    answer(directory.memberships(3, CHANNEL.workspaceId(), 0, 10));
  }

  private static void workspaces(CqlWorkspaces workspaces) {
    WorkspaceEvent.Builder event =
        WorkspaceEvent.newBuilder().setWorkspaceId(2).setSeq(1).setEventId(1).setActorId(3);
    event.addChangesBuilder().getWorkspaceBuilder().setOwnerId(3);
    event.addChangesBuilder().getRoleBuilder().setRoleId(2);
    event.addChangesBuilder().getFiltersBuilder();
    event.addChangesBuilder().getReportBuilder().setReportId(1);
    event.addChangesBuilder().getInvitationBuilder().setInvitationId(7);
    event.addChangesBuilder().setDeletedInvitationId(8);
    event.addChangesBuilder().getMemberBuilder().setUserId(3);
    event.addChangesBuilder().getChannelBuilder().setChannelId(1);
    event.addChangesBuilder().getChannelBuilder().setChannelId(9).setKind(DIRECT);
    event.addChanges(override(5, 1));
    event.addChangesBuilder().getMembershipBuilder().setChannelId(1).setUserId(3).setMember(true);
    event.addChangesBuilder().getMembershipBuilder().setChannelId(1).setUserId(4);
    answer(workspaces.apply(List.of(event.build())));
    answer(workspaces.apply(List.of(event.clearChanges().addChanges(override(6, 1)).build())));
    event.setSeq(2).clearChanges().addChangesBuilder().getRoleBuilder().setRoleId(5);
    answer(workspaces.apply(List.of(event.build())));
    event.setSeq(3).clearChanges().addChanges(override(6, 0));
    event.addChangesBuilder().setDeletedRoleId(5);
    answer(workspaces.apply(List.of(event.build())));
    answer(workspaces.note(event.setEventId(2).build()));
    answer(workspaces.workspace(2));
    answer(workspaces.member(2, 3));
    answer(workspaces.channel(1));
    answer(workspaces.named(2, "plans"));
    answer(workspaces.direct(2, List.of(3L, 4L)));
    answer(workspaces.isInChannel(1, 3));
    answer(workspaces.invitations(2));
    answer(workspaces.done(2, 3, ByteString.EMPTY));
    answer(workspaces.members(2, 0, 0, 10));
    answer(workspaces.auditBuckets(2, 0, 10));
    answer(workspaces.audit(2, 0, 1, 10));
  }

  private static void reports(CqlReports reports) {
    answer(reports.claim(1, 1, 1));
    answer(reports.add(2, 1, ByteString.EMPTY, ReportRow.Reporter.getDefaultInstance()));
    answer(reports.report(2, 1));
    answer(reports.buckets(2, 0, 10));
    answer(reports.reports(2, 0, 9, 10));
  }

  private static void lookup(CqlLookup lookup) {
    answer(lookup.members(2, 0, List.of(3L)));
    answer(lookup.names(2, 0, List.of(3L)));
    answer(lookup.name(new UserName(new UserKey(2, 3), "Ada"), "Bea", 1));
    answer(lookup.usersListed(2, 0, "ad", 10));
    answer(lookup.channelsListed(2, 0, "pl", new NameEntry("pl", 0), 10));
  }

  private static WorkspaceChange override(long role, long allow) {
    WorkspaceChange.Builder change = WorkspaceChange.newBuilder();
    change
        .getOverrideBuilder()
        .setChannelId(1)
        .getOverrideBuilder()
        .setRoleId(role)
        .setAllow(allow);
    return change.build();
  }

  private static void ownership(OwnershipTables tables) {
    CqlLeaseStore leases = new CqlLeaseStore(tables);
    LeaseRow first = new LeaseRow(1, 1, false);
    answer(leases.replace("one", LeaseRow.NONE, first));
    answer(leases.replace("one", first, new LeaseRow(2, 1, false)));
    answer(leases.read("one"));
    CqlRingStore ring = new CqlRingStore(tables, "channel");
    RingView one = new RingView(1, List.of());
    answer(ring.replace(RingView.EMPTY, one));
    answer(ring.replace(one, new RingView(2, List.of())));
    answer(ring.read());
    CqlShardOwnerStore owners = new CqlShardOwnerStore(tables);
    ShardOwner none = ShardOwner.none(new Shard(1));
    ShardOwner mine = new ShardOwner(none.shard(), 1, new Incarnation("one", 1));
    answer(owners.replace(none, mine));
    answer(owners.replace(mine, new ShardOwner(none.shard(), 2, null)));
    answer(owners.read(1));
  }

  private static Stream<String> lines(Statement<?> statement) {
    String rest = " " + level(statement) + (isIdempotent(statement) ? "" : " once");
    return SentStatements.names(statement).map(name -> name + rest);
  }

  private static @Nullable ConsistencyLevel level(Statement<?> statement) {
    var serial = statement.getSerialConsistencyLevel();
    return serial == null ? statement.getConsistencyLevel() : serial;
  }

  private static boolean isIdempotent(Statement<?> statement) {
    return Boolean.TRUE.equals(statement.isIdempotent());
  }

  private static long delay(@Nullable String profile) {
    return delay(session, profile == null ? "default" : profile);
  }

  /** Milliseconds until another node is asked; below 0 when none is. */
  private static long delay(CqlSession of, String profile) {
    SpeculativeExecutionPolicy policy = of.getContext().getSpeculativeExecutionPolicy(profile);
    Node node = of.getMetadata().getNodes().values().iterator().next();
    return policy.nextExecution(node, null, sent.getFirst(), 1);
  }

  private static void answer(CompletionStage<?> question) {
    TestTables.answer(question);
  }
}
