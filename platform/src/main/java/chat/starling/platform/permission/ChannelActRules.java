package chat.starling.platform.permission;

import chat.starling.api.v1.Reason;
import chat.starling.platform.permission.AdministrativeAct.AddToChannel;
import chat.starling.platform.permission.AdministrativeAct.ChangeChannel;
import chat.starling.platform.permission.AdministrativeAct.CreateChannel;
import chat.starling.platform.permission.AdministrativeAct.JoinChannel;
import chat.starling.platform.permission.AdministrativeAct.OnChannel;
import chat.starling.platform.permission.AdministrativeAct.RemoveFromChannel;
import chat.starling.platform.refusal.Refuse;

/** Who may make and change channels, and say who is in them. */
final class ChannelActRules {

  private final WorkspaceState state;
  private final Existing existing;
  private final Authority authority;

  ChannelActRules(WorkspaceState state, Authority authority) {
    this.state = state;
    this.existing = new Existing(state);
    this.authority = authority;
  }

  void check(OnChannel act) {
    switch (act) {
      case CreateChannel create -> create(create.kind());
      case ChangeChannel(long id) ->
          authority.requirePermission(Permission.MANAGE_CHANNELS, visible(id));
      case JoinChannel(long id) -> {
        var _ = visible(id);
      }
      case AddToChannel add -> add(add);
      case RemoveFromChannel remove -> remove(remove);
    }
  }

  private void create(ChannelKind kind) {
    if (kind == ChannelKind.DIRECT) {
      throw Refuse.because(Reason.REASON_OUT_OF_RANGE)
          .field("kind")
          .value(kind)
          .expected("a public, private or announcement channel")
          .toException();
    }
    authority.requirePermission(Permission.MANAGE_CHANNELS);
  }

  private void add(AddToChannel act) {
    authority.requirePermission(Permission.CREATE_INVITATIONS, visible(act.channelId()));
    var _ = existing.member(act.userId());
  }

  /** Who has left the workspace stands nowhere, and may still be a member of the channel. */
  private void remove(RemoveFromChannel act) {
    authority.requirePermission(Permission.MANAGE_CHANNELS, visible(act.channelId()));
    if (!state.isInChannel(act.channelId(), act.userId())) {
      throw Existing.missing(Reason.REASON_MEMBER_NOT_FOUND, "user_id", act.userId());
    }
    state.member(act.userId()).ifPresent(authority::requireAbove);
  }

  private ChannelRules visible(long channelId) {
    return authority.requireVisible(state.channel(channelId), channelId);
  }
}
