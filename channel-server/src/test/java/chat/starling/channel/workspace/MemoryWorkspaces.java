package chat.starling.channel.workspace;

import chat.starling.api.internal.v1.ChannelKind;
import chat.starling.api.internal.v1.ChannelRow;
import chat.starling.api.internal.v1.FiltersRow;
import chat.starling.api.internal.v1.InvitationRow;
import chat.starling.api.internal.v1.MemberRow;
import chat.starling.api.internal.v1.OverrideRow;
import chat.starling.api.internal.v1.RoleRow;
import chat.starling.api.internal.v1.WorkspaceChange;
import chat.starling.api.internal.v1.WorkspaceChange.MembershipChange;
import chat.starling.api.internal.v1.WorkspaceEvent;
import chat.starling.api.internal.v1.WorkspaceRow;
import chat.starling.channel.history.TimeBucket;
import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Workspaces in memory: of each row the write with the largest seq stays, as in the tables. */
public final class MemoryWorkspaces implements WorkspaceStore {

  /** What names one row. */
  private record Key(String table, List<Object> parts) {
    boolean isIn(String name, Object... begin) {
      return table.equals(name) && parts.subList(0, begin.length).equals(List.of(begin));
    }
  }

  private record Cell(long seq, @Nullable Object value) {}

  private final Map<Key, Cell> cells = new HashMap<>();
  private final Map<Long, ChannelState> made = new HashMap<>();

  /** Lets a workspace have a channel that no event made. */
  public void addChannel(long workspaceId, long channelId) {
    ChannelRow row =
        ChannelRow.newBuilder()
            .setChannelId(channelId)
            .setName("c" + channelId)
            .setCreatedBy(1)
            .build();
    made.put(channelId, new ChannelState(workspaceId, row, List.of(), 0));
  }

  /** Everything in all rows, to be compared. */
  public Map<Object, Object> content() {
    Map<Object, Object> content = new HashMap<>();
    cells.forEach((key, cell) -> {
      if (cell.value() != null) {
        content.put(key, cell.value());
      }
    });
    return content;
  }

  /** The writes by which an event comes to its rows, each of which may be done at any time. */
  public List<Runnable> writes(WorkspaceEvent event) {
    long id = event.getWorkspaceId();
    List<Runnable> writes = new ArrayList<>();
    for (WorkspaceChange change : event.getChangesList()) {
      writes.add(() -> write(event, change));
    }
    DoneAct done =
        new DoneAct(event.getSeq(), event.getMadeId(), DoneAct.fingerprint(event.getAct()));
    writes.add(() -> put(event, key("acts", id, event.getActorId(), event.getNonce()), done));
    AuditEntry.of(event).ifPresent(entry -> writes.add(() -> noteNow(entry)));
    return writes;
  }

  /** Adds the entry to the audit log. */
  public void noteNow(WorkspaceEvent entry) {
    long id = entry.getWorkspaceId();
    long day = TimeBucket.of(entry.getEventId());
    put(entry, key("days", id, day), day);
    put(entry, key("audit", id, day, entry.getEventId()), entry);
  }

  private void write(WorkspaceEvent event, WorkspaceChange change) {
    long id = event.getWorkspaceId();
    long seq = event.getSeq();
    switch (change.getChangeCase()) {
      case WORKSPACE -> {
        put(event, key("workspace", id), change.getWorkspace());
        put(event, key("version", id), seq);
      }
      case ROLE -> {
        RoleRow role = change.getRole().toBuilder().setVersion(seq).build();
        put(event, key("role", id, role.getRoleId()), role);
        put(event, key("version", id), seq);
      }
      case DELETED_ROLE_ID -> {
        delete(event, change.getDeletedRoleId());
        put(event, key("version", id), seq);
      }
      case MEMBER -> {
        MemberRow member = change.getMember().toBuilder().setVersion(seq).build();
        int slice = WorkspaceStore.sliceOf(member.getUserId());
        put(event, key("member", id, slice, member.getUserId()), member);
      }
      case CHANNEL -> {
        long channel = change.getChannel().getChannelId();
        put(event, key("channel", channel), change.getChannel());
        put(event, key("channel's workspace", channel), id);
        put(event, key("channel version", channel), seq);
        if (change.getChannel().getKind() == ChannelKind.CHANNEL_KIND_DIRECT) {
          put(event, key("direct", id, change.getChannel().getDirectUserIdsList()), channel);
        } else {
          put(event, key("name", id, change.getChannel().getName()), channel);
        }
      }
      case OVERRIDE ->
          set(event, change.getOverride().getChannelId(), change.getOverride().getOverride());
      case MEMBERSHIP -> {
        var membership = change.getMembership();
        put(
            event,
            key("in channel", membership.getChannelId(), membership.getUserId()),
            membership.getMember() ? membership.getKind() : null);
      }
      case FILTERS -> {
        put(event, key("filters", id), change.getFilters());
        put(event, key("version", id), seq);
      }
      case REPORT ->
          put(event, key("report", id, change.getReport().getReportId()), change.getReport());
      case INVITATION -> {
        InvitationRow row = change.getInvitation();
        put(event, key("invitation", id, row.getInvitationId()), row);
      }
      case DELETED_INVITATION_ID ->
          put(event, key("invitation", id, change.getDeletedInvitationId()), null);
      case CHANGE_NOT_SET -> throw new IllegalStateException("a change that is none");
    }
  }

  private void set(WorkspaceEvent event, long channel, OverrideRow row) {
    long id = event.getWorkspaceId();
    OverrideRow target = row.toBuilder().clearAllow().clearDeny().build();
    OverrideRow kept = target.equals(row) ? null : row;
    put(event, key("override", channel, target), kept);
    put(event, key("channel version", channel), event.getSeq());
    if (row.hasRoleId() && row.getRoleId() != id) {
      put(event, key("index", id, row.getRoleId(), channel), kept == null ? null : channel);
    }
  }

  private void delete(WorkspaceEvent event, long roleId) {
    long id = event.getWorkspaceId();
    put(event, key("role", id, roleId), null);
    OverrideRow target = OverrideRow.newBuilder().setRoleId(roleId).build();
    for (long channel : values(Long.class, "index", id, roleId)) {
      put(event, key("override", channel, target), null);
      put(event, key("channel version", channel), event.getSeq());
      put(event, key("index", id, roleId, channel), null);
    }
  }

  private void put(WorkspaceEvent event, Key key, @Nullable Object value) {
    cells.merge(
        key, new Cell(event.getSeq(), value), (old, next) -> next.seq() >= old.seq() ? next : old);
  }

  private static Key key(String table, Object... parts) {
    return new Key(table, List.of(parts));
  }

  private <T> List<T> values(Class<T> type, String table, Object... begin) {
    return stream(type, table, begin).toList();
  }

  private <T> Stream<T> stream(Class<T> type, String table, Object... begin) {
    return cells.entrySet().stream()
        .filter(entry -> entry.getKey().isIn(table, begin))
        .map(entry -> entry.getValue().value())
        .filter(Objects::nonNull)
        .map(type::cast);
  }

  private <T> Optional<T> value(Class<T> type, String table, Object... parts) {
    return stream(type, table, parts).findFirst();
  }

  private static <T, K extends Comparable<K>> List<T> page(
      Stream<T> rows, Function<T, K> order, int limit) {
    return rows.sorted(Comparator.comparing(order)).limit(limit).toList();
  }

  private static <T> CompletionStage<T> answer(T value) {
    return CompletableFuture.completedStage(value);
  }

  @Override
  public CompletionStage<Optional<Workspace>> workspace(long id) {
    List<RoleRow> roles =
        page(stream(RoleRow.class, "role", id), RoleRow::getRoleId, Integer.MAX_VALUE);
    return answer(
        value(WorkspaceRow.class, "workspace", id)
            .filter(row -> !roles.isEmpty())
            .map(row ->
                new Workspace(
                    id,
                    row,
                    roles,
                    value(FiltersRow.class, "filters", id).orElse(FiltersRow.getDefaultInstance()),
                    value(Long.class, "version", id).orElse(0L))));
  }

  @Override
  public CompletionStage<Optional<MemberRow>> member(long workspaceId, long userId) {
    return answer(
        value(MemberRow.class, "member", workspaceId, WorkspaceStore.sliceOf(userId), userId));
  }

  @Override
  public CompletionStage<Optional<ChannelState>> channel(long id) {
    return answer(state(id));
  }

  private Optional<ChannelState> state(long id) {
    return value(ChannelRow.class, "channel", id)
        .or(() -> Optional.ofNullable(made.get(id)).map(ChannelState::row))
        .map(row ->
            new ChannelState(
                value(Long.class, "channel's workspace", id)
                    .orElseGet(() -> Objects.requireNonNull(made.get(id)).workspaceId()),
                row,
                values(OverrideRow.class, "override", id),
                value(Long.class, "channel version", id).orElse(0L)));
  }

  @Override
  public CompletionStage<Optional<ChannelState>> named(long workspaceId, String name) {
    return answer(
        value(Long.class, "name", workspaceId, name)
            .or(() -> madeAs(workspaceId, name))
            .flatMap(this::state)
            .filter(channel -> channel.row().getName().equals(name)));
  }

  private Optional<Long> madeAs(long workspaceId, String name) {
    return made.values().stream()
        .filter(channel -> channel.workspaceId() == workspaceId)
        .filter(channel -> channel.row().getName().equals(name))
        .map(channel -> channel.row().getChannelId())
        .findFirst();
  }

  @Override
  public CompletionStage<Optional<ChannelState>> direct(long workspaceId, List<Long> userIds) {
    return answer(value(Long.class, "direct", workspaceId, userIds).flatMap(this::state));
  }

  @Override
  public CompletionStage<Boolean> isInChannel(long channelId, long userId) {
    return answer(value(ChannelKind.class, "in channel", channelId, userId).isPresent());
  }

  @Override
  public CompletionStage<List<MembershipChange>> memberships(
      long workspaceId, long userId, int limit) {
    return answer(
        page(
            cells.entrySet().stream()
                .filter(entry -> entry.getKey().isIn("in channel"))
                .filter(entry -> entry.getKey().parts().getLast().equals(userId))
                .filter(entry -> entry.getValue().value() != null)
                .map(entry ->
                    MembershipChange.newBuilder()
                        .setChannelId((Long) entry.getKey().parts().getFirst())
                        .setUserId(userId)
                        .setMember(true)
                        .setKind((ChannelKind) Objects.requireNonNull(entry.getValue().value()))
                        .build())
                .filter(one ->
                    state(one.getChannelId())
                        .filter(channel -> channel.workspaceId() == workspaceId)
                        .isPresent()),
            MembershipChange::getChannelId,
            limit));
  }

  @Override
  public CompletionStage<List<Long>> channelsOverriding(long workspaceId, long roleId, int limit) {
    return answer(page(stream(Long.class, "index", workspaceId, roleId), c -> c, limit));
  }

  @Override
  public CompletionStage<List<InvitationRow>> invitations(long workspaceId) {
    return answer(
        page(
            stream(InvitationRow.class, "invitation", workspaceId),
            InvitationRow::getInvitationId,
            Integer.MAX_VALUE));
  }

  @Override
  public CompletionStage<Optional<DoneAct>> done(long workspaceId, long actorId, ByteString nonce) {
    return answer(value(DoneAct.class, "acts", workspaceId, actorId, nonce));
  }

  @Override
  public CompletionStage<Void> apply(List<WorkspaceEvent> events) {
    events.forEach(event -> writes(event).forEach(Runnable::run));
    return CompletableFuture.completedStage(null);
  }

  @Override
  public CompletionStage<Void> note(WorkspaceEvent entry) {
    noteNow(entry);
    return CompletableFuture.completedStage(null);
  }

  @Override
  public CompletionStage<List<MemberRow>> members(
      long workspaceId, int slice, long afterUser, int limit) {
    return answer(
        page(
            stream(MemberRow.class, "member", workspaceId, slice)
                .filter(row -> row.getUserId() > afterUser),
            MemberRow::getUserId,
            limit));
  }

  @Override
  public CompletionStage<List<Long>> auditBuckets(long workspaceId, long from, int limit) {
    return answer(
        page(
            stream(Long.class, "days", workspaceId).filter(day -> day <= from),
            day -> -day,
            limit));
  }

  @Override
  public CompletionStage<List<WorkspaceEvent>> audit(
      long workspaceId, long bucket, long beforeEventId, int limit) {
    return answer(
        page(
            stream(WorkspaceEvent.class, "audit", workspaceId, bucket)
                .filter(entry -> entry.getEventId() < beforeEventId),
            entry -> -entry.getEventId(),
            limit));
  }
}
