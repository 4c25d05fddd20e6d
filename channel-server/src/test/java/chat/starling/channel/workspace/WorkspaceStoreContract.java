package chat.starling.channel.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import chat.starling.api.internal.v1.ChannelKind;
import chat.starling.api.internal.v1.ChannelRow;
import chat.starling.api.internal.v1.Filter;
import chat.starling.api.internal.v1.FiltersRow;
import chat.starling.api.internal.v1.InvitationRow;
import chat.starling.api.internal.v1.MemberRow;
import chat.starling.api.internal.v1.MemberState;
import chat.starling.api.internal.v1.RoleRow;
import chat.starling.api.internal.v1.WorkspaceEvent;
import chat.starling.channel.StoreContract;
import chat.starling.channel.history.TimeBucket;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What callers rely on in {@link WorkspaceStore}. */
public abstract class WorkspaceStoreContract extends StoreContract<WorkspaceStore> {

  /** Lets the workspace have a channel. */
  protected abstract void makeChannel(long workspaceId, long channelId);

  @Test
  void workspace_isWhatItsEventsMadeOfIt() {
    long id = freshId();
    assertThat(answer(store().workspace(id))).isEmpty();
    found(id);
    apply(Events.event(id, 2, Events.role(id + 1, 3, 4)));
    apply(Events.event(id, 3, Events.role(id + 2, 250, -1)));
    apply(Events.event(id, 4, Events.founded(8)));
    Workspace workspace = answer(store().workspace(id)).orElseThrow();
    assertThat(workspace.row().getOwnerId()).isEqualTo(8);
    assertThat(workspace.version()).isEqualTo(4);
    assertThat(workspace.roles()).extracting(RoleRow::getVersion).containsExactly(1L, 2L, 3L);
    assertThat(workspace.roles().getLast())
        .isEqualTo(Events.role(id + 2, 250, -1).getRole().toBuilder().setVersion(3).build());
    apply(Events.event(id, 5, Outcome.deletedRole(id + 1)));
    workspace = answer(store().workspace(id)).orElseThrow();
    assertThat(workspace.roles()).extracting(RoleRow::getRoleId).containsExactly(id, id + 2);
    assertThat(workspace.version()).isEqualTo(5);
  }

  @Test
  void filters_areThoseOfTheLastEventThatSetThem() {
    long id = freshId();
    found(id);
    assertThat(answer(store().workspace(id)).orElseThrow().filters().getFiltersList()).isEmpty();
    FiltersRow filters =
        FiltersRow.newBuilder()
            .addFilters(Filter.newBuilder().setText("a+b").setPattern(true))
            .build();
    apply(Events.event(id, 3, Outcome.change(filters)));
    apply(Events.event(id, 2, Outcome.change(FiltersRow.getDefaultInstance())));
    apply(Events.event(id, 4, Events.founded(8)));
    Workspace workspace = answer(store().workspace(id)).orElseThrow();
    assertThat(workspace.filters()).isEqualTo(filters);
    assertThat(workspace.version()).isEqualTo(4);
  }

  @Test
  void invitations_areThoseThatWereNotDeleted_asLastUsed() {
    long id = freshId();
    found(id);
    assertThat(answer(store().invitations(id))).isEmpty();
    InvitationRow row =
        InvitationRow.newBuilder()
            .setInvitationId(id + 1)
            .setCode("abc")
            .addRoleIds(5)
            .setMaxUses(9)
            .setExpiresAtMillis(77)
            .setCreatedBy(3)
            .build();
    InvitationRow used = row.toBuilder().setUses(1).build();
    InvitationRow other = row.toBuilder().setInvitationId(id + 2).setCode("abd").build();
    apply(Events.event(id, 2, Outcome.change(other)));
    apply(Events.event(id, 4, Outcome.change(used)));
    apply(Events.event(id, 3, Outcome.change(row)));
    assertThat(answer(store().invitations(id))).containsExactly(used, other);
    apply(Events.event(id, 5, Outcome.deletedInvitation(id + 1)));
    apply(Events.event(id, 4, Outcome.change(used)));
    assertThat(answer(store().invitations(id))).containsExactly(other);
  }

  @Test
  void note_isAnEntryOfTheAuditLog_noted_twiceOnce() {
    long id = freshId();
    WorkspaceEvent entry = Events.event(id, 0).toBuilder().setEventId(77).build();
    answer(store().note(entry));
    answer(store().note(entry));
    assertThat(answer(store().audit(id, 0, 78, 10))).containsExactly(entry);
    assertThat(answer(store().auditBuckets(id, 0, 10))).containsExactly(0L);
  }

  @Test
  void rows_whenAnOlderEventArrivesLate_stayAsTheyAre() {
    long id = freshId();
    long channel = channel(id);
    found(id);
    WorkspaceEvent old =
        Events.event(
            id,
            2,
            Events.role(id + 1, 3, 4),
            Outcome.change(Events.member(5).addRoleIds(id + 1).build()),
            Outcome.override(channel, Events.ofRole(id + 1, 1, 2)),
            Outcome.change(
                ChannelRow.newBuilder().setChannelId(channel).setArchived(true).build()));
    apply(old);
    apply(Events.event(id, 3, Outcome.change(Events.member(5).setNickname("Ada").build())));
    apply(Events.event(id, 4, Outcome.deletedRole(id + 1)));
    apply(
        Events.event(id, 5, Outcome.change(ChannelRow.newBuilder().setChannelId(channel).build())));
    Object before = all(id, channel);
    apply(old);
    assertThat(all(id, channel)).isEqualTo(before);
  }

  @Test
  void member_isTheLastRow_andUnknownBefore() {
    long id = freshId();
    assertThat(answer(store().member(id, 7))).isEmpty();
    MemberRow row = Events.member(7).addRoleIds(3).addRoleIds(9).setNickname("Ada 🐦").build();
    apply(Events.event(id, 1, Outcome.change(row)));
    assertThat(answer(store().member(id, 7))).contains(row.toBuilder().setVersion(1).build());
    MemberRow gone =
        MemberRow.newBuilder()
            .setUserId(7)
            .setState(MemberState.MEMBER_STATE_BANNED)
            .setTimedOutUntilMillis(99)
            .build();
    apply(Events.event(id, 2, Outcome.change(gone)));
    assertThat(answer(store().member(id, 7))).contains(gone.toBuilder().setVersion(2).build());
    assertThat(answer(store().member(id + 1_000_000, 7))).isEmpty();
  }

  @Test
  void members_ofAllSlices_areEachUserOnce() {
    long id = freshId();
    for (long user = 1; user <= 40; user++) {
      apply(Events.event(id, user, Outcome.change(Events.member(user).build())));
    }
    List<Long> found = new ArrayList<>();
    for (int slice = 0; slice < WorkspaceStore.MEMBER_SLICES; slice++) {
      List<Long> whole = users(id, slice, 0, 100);
      assertThat(whole).isSorted();
      found.addAll(whole);
      if (whole.size() > 1) {
        assertThat(users(id, slice, 0, 1)).containsExactly(whole.getFirst());
        assertThat(users(id, slice, whole.getFirst(), 100))
            .isEqualTo(whole.subList(1, whole.size()));
      }
    }
    assertThat(found)
        .containsExactlyInAnyOrderElementsOf(LongStream.rangeClosed(1, 40).boxed().toList());
  }

  @Test
  void channel_hasItsOverrides_untilTheyAreRemovedOrTheirRoleIsDeleted() {
    long id = freshId();
    long channel = channel(id);
    found(id);
    assertThat(answer(store().channel(channel)).orElseThrow())
        .isEqualTo(new ChannelState(id, row(channel, "c" + channel).build(), List.of(), 0));
    apply(Events.event(id, 2, Outcome.override(channel, Events.ofRole(id, 0, 1))));
    apply(Events.event(id, 3, Outcome.override(channel, Events.ofRole(id + 1, 2, 1))));
    apply(Events.event(id, 4, Outcome.override(channel, Events.ofMember(id + 1, 8, 1))));
    assertThat(state(channel).overrides())
        .containsExactlyInAnyOrder(
            Events.ofRole(id, 0, 1), Events.ofRole(id + 1, 2, 1), Events.ofMember(id + 1, 8, 1));
    assertThat(state(channel).version()).isEqualTo(4);
    assertThat(overriding(id, id + 1)).containsExactly(channel);
    assertThat(overriding(id, id)).isEmpty();
    apply(Events.event(id, 5, Outcome.deletedRole(id + 1)));
    assertThat(state(channel).overrides())
        .containsExactlyInAnyOrder(Events.ofRole(id, 0, 1), Events.ofMember(id + 1, 8, 1));
    assertThat(state(channel).version()).isEqualTo(5);
    assertThat(overriding(id, id + 1)).isEmpty();
    apply(Events.event(id, 6, Outcome.override(channel, Events.ofMember(id + 1, 0, 0))));
    apply(Events.event(id, 7, Outcome.override(channel, Events.ofRole(id, 0, 0))));
    assertThat(state(channel).overrides()).isEmpty();
    assertThat(answer(store().channel(channel + 500_000))).isEmpty();
  }

  @Test
  void channel_archivedAndNothingElse_hasNoOverrides() {
    long id = freshId();
    long channel = channel(id);
    ChannelRow row = row(channel, "c" + channel).setArchived(true).build();
    apply(Events.event(id, 1, Outcome.change(row)));
    assertThat(state(channel)).isEqualTo(new ChannelState(id, row, List.of(), 1));
  }

  @Test
  void channel_isWhatItsLastEventSays_andFoundByItsNameOnly() {
    long id = freshId();
    long channel = freshId();
    ChannelRow first =
        row(channel, "plans")
            .setKind(ChannelKind.CHANNEL_KIND_PRIVATE)
            .setTopic("für später 🐦")
            .setSlowModeSeconds(30)
            .build();
    assertThat(answer(store().named(id, "plans"))).isEmpty();
    apply(Events.event(id, 1, Outcome.change(first)));
    assertThat(state(channel)).isEqualTo(new ChannelState(id, first, List.of(), 1));
    assertThat(named(id, "plans")).isEqualTo(state(channel));
    assertThat(answer(store().named(id + 1_000_000, "plans"))).isEmpty();
    ChannelRow second = first.toBuilder().setName("ideas").build();
    apply(Events.event(id, 2, Outcome.change(second)));
    assertThat(answer(store().named(id, "plans"))).isEmpty();
    assertThat(named(id, "ideas").row()).isEqualTo(second);
    long other = freshId();
    apply(Events.event(id, 3, Outcome.change(row(other, "plans").build())));
    apply(Events.event(id, 1, Outcome.change(first)));
    assertThat(named(id, "plans").row().getChannelId()).isEqualTo(other);
    assertThat(named(id, "ideas").row()).isEqualTo(second);
  }

  @Test
  void directChannel_isFoundByAllItsUsers() {
    long id = freshId();
    long channel = freshId();
    ChannelRow row =
        ChannelRow.newBuilder()
            .setChannelId(channel)
            .setKind(ChannelKind.CHANNEL_KIND_DIRECT)
            .setCreatedBy(8)
            .addAllDirectUserIds(List.of(3L, 8L, 9L))
            .build();
    apply(Events.event(id, 1, Outcome.change(row)));
    assertThat(answer(store().direct(id, List.of(3L, 8L, 9L))).orElseThrow().row()).isEqualTo(row);
    assertThat(answer(store().direct(id, List.of(3L, 8L)))).isEmpty();
    assertThat(answer(store().direct(id + 1_000_000, List.of(3L, 8L, 9L)))).isEmpty();
    assertThat(answer(store().named(id, ""))).isEmpty();
  }

  @Test
  void membership_isWhatItsLastEventSays() {
    long id = freshId();
    ChannelRow channel = row(freshId(), "plans").build();
    WorkspaceEvent joined = Events.event(id, 2, Outcome.membership(channel, 5, true));
    apply(Events.event(id, 1, Outcome.change(channel), Outcome.membership(channel, 4, true)));
    assertThat(isIn(channel, 4)).isTrue();
    assertThat(isIn(channel, 5)).isFalse();
    apply(joined);
    assertThat(isIn(channel, 5)).isTrue();
    apply(Events.event(id, 3, Outcome.membership(channel, 5, false)));
    apply(joined);
    assertThat(isIn(channel, 5)).isFalse();
    apply(Events.event(id, 4, Outcome.membership(channel, 5, true)));
    assertThat(isIn(channel, 5)).isTrue();
  }

  @Test
  void done_isKnownByItsActorAndNonce() {
    long id = freshId();
    apply(Events.event(id, 6, Outcome.change(Events.member(5).build())));
    assertThat(answer(store().done(id, 1, Events.nonce(6))))
        .contains(new DoneAct(6, 60, DoneAct.fingerprint(Events.act(6))));
    assertThat(answer(store().done(id, 2, Events.nonce(6)))).isEmpty();
    assertThat(answer(store().done(id, 1, Events.nonce(7)))).isEmpty();
    assertThat(DoneAct.fingerprint(Events.act(7))).isNotEqualTo(DoneAct.fingerprint(Events.act(6)));
  }

  @Test
  void apply_manyAtOnce_isAsOneByOne() {
    long id = freshId();
    long channel = channel(id);
    List<WorkspaceEvent> events =
        List.of(
            Events.event(id, 1, Events.founded(7), Events.role(id, 0, 1)),
            Events.event(id, 2, Events.role(id + 1, 3, 4)),
            Events.event(id, 3, Outcome.change(Events.member(5).setNickname("Ada").build())),
            Events.event(id, 4, Events.role(id + 1, 3, 5)),
            Events.event(id, 5, Outcome.change(Events.member(5).addRoleIds(id + 1).build())),
            Events.event(id, 6, Outcome.override(channel, Events.ofRole(id + 1, 2, 1))));
    answer(store().apply(events));
    Workspace workspace = answer(store().workspace(id)).orElseThrow();
    assertThat(workspace.version()).isEqualTo(4);
    assertThat(workspace.role(id + 1).orElseThrow().getPermissions()).isEqualTo(5);
    MemberRow member = answer(store().member(id, 5)).orElseThrow();
    assertThat(member).isEqualTo(Events.member(5).addRoleIds(id + 1).setVersion(5).build());
    assertThat(answer(store().channel(channel)).orElseThrow().version()).isEqualTo(6);
    assertThat(answer(store().channelsOverriding(id, id + 1, 5))).containsExactly(channel);
    for (WorkspaceEvent event : events) {
      assertThat(answer(store().done(id, 1, event.getNonce()))).isPresent();
    }
    long day = TimeBucket.of(Events.event(id, 1).getEventId());
    assertThat(answer(store().audit(id, day, Long.MAX_VALUE, 10)))
        .extracting(WorkspaceEvent::getSeq)
        .containsExactly(6L, 5L, 4L, 3L, 2L, 1L);
  }

  @Test
  void audit_isNewestFirst_withoutNoncesAndChanges() {
    long id = freshId();
    for (long seq = 1; seq <= 5; seq++) {
      apply(Events.event(id, seq, Outcome.change(Events.member(seq).build())));
    }
    long day = TimeBucket.of(Events.event(id, 1).getEventId());
    assertThat(answer(store().auditBuckets(id, Long.MAX_VALUE, 10))).containsExactly(day);
    assertThat(answer(store().auditBuckets(id, day - 1, 10))).isEmpty();
    List<WorkspaceEvent> newest = answer(store().audit(id, day, Long.MAX_VALUE, 2));
    assertThat(newest).extracting(WorkspaceEvent::getSeq).containsExactly(5L, 4L);
    assertThat(newest.getFirst()).isEqualTo(Events.event(id, 5).toBuilder().clearNonce().build());
    assertThat(answer(store().audit(id, day, newest.getLast().getEventId(), 10)))
        .extracting(WorkspaceEvent::getSeq)
        .containsExactly(3L, 2L, 1L);
  }

  @Test
  void apply_failed_isMadeGoodByApplyingAgain() {
    for (boolean done : new boolean[] {false, true}) {
      long id = freshId();
      WorkspaceEvent event = Events.event(id, 1, Events.founded(7), Events.role(id, 0, 1));
      failNextChange(done);
      var _ = catchThrowable(() -> answer(store().apply(List.of(event))));
      apply(event);
      assertThat(answer(store().workspace(id)).orElseThrow().roles()).hasSize(1);
      assertThat(answer(store().done(id, 1, Events.nonce(1)))).isPresent();
    }
  }

  private void found(long id) {
    apply(Events.event(id, 1, Events.founded(7), Events.role(id, 0, 1)));
  }

  private long channel(long workspace) {
    long channel = freshId();
    makeChannel(workspace, channel);
    return channel;
  }

  private void apply(WorkspaceEvent event) {
    answer(store().apply(List.of(event)));
  }

  @Test
  void memberships_areThoseOfOneUserInOneWorkspace_eachWithItsKind() {
    long id = freshId();
    ChannelRow open = row(freshId(), "plans").build();
    ChannelRow closed = row(freshId(), "secrets").setKind(ChannelKind.CHANNEL_KIND_PRIVATE).build();
    apply(Events.event(id, 1, Outcome.change(open), Outcome.membership(open, 5, true)));
    apply(Events.event(id, 2, Outcome.change(closed), Outcome.membership(closed, 5, true)));
    apply(Events.event(id, 3, Outcome.membership(closed, 4, true)));
    assertThat(answer(store().memberships(id, 5, 10)))
        .containsExactlyInAnyOrder(
            Outcome.membership(open, 5, true).getMembership(),
            Outcome.membership(closed, 5, true).getMembership());
    assertThat(answer(store().memberships(id, 5, 1))).hasSize(1);
    apply(Events.event(id, 4, Outcome.membership(open, 5, false)));
    assertThat(answer(store().memberships(id, 5, 10)))
        .containsExactly(Outcome.membership(closed, 5, true).getMembership());
    assertThat(answer(store().memberships(id + 1_000_000, 5, 10))).isEmpty();
  }

  private ChannelState state(long channel) {
    return answer(store().channel(channel)).orElseThrow();
  }

  private ChannelState named(long workspace, String name) {
    return answer(store().named(workspace, name)).orElseThrow();
  }

  private boolean isIn(ChannelRow channel, long user) {
    return answer(store().isInChannel(channel.getChannelId(), user));
  }

  private static ChannelRow.Builder row(long channel, String name) {
    return ChannelRow.newBuilder().setChannelId(channel).setName(name).setCreatedBy(1);
  }

  private List<Long> overriding(long workspace, long role) {
    return answer(store().channelsOverriding(workspace, role, 10));
  }

  private List<Long> users(long workspace, int slice, long after, int limit) {
    return answer(store().members(workspace, slice, after, limit)).stream()
        .map(MemberRow::getUserId)
        .toList();
  }

  private Object all(long id, long channel) {
    return List.of(
        answer(store().workspace(id)),
        answer(store().member(id, 5)),
        state(channel),
        overriding(id, id + 1));
  }
}
