package chat.starling.gateway.administration;

import chat.starling.api.internal.v1.InvitationRow;
import chat.starling.api.internal.v1.ListInvitationsRequest;
import chat.starling.api.internal.v1.ListInvitationsResponse;
import chat.starling.api.v1.Invitation;
import chat.starling.gateway.signin.Identity;
import chat.starling.gateway.upstream.ChannelServers;
import chat.starling.platform.ids.Snowflake;
import chat.starling.platform.permission.Permission;
import com.google.protobuf.util.Timestamps;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/** Invitations that can be accepted now, as those see them who may. */
public final class Invitations {

  private final ChannelServers servers;
  private final Insiders insiders;

  /** Invitations that these servers keep. */
  public Invitations(ChannelServers servers, Insiders insiders) {
    this.servers = servers;
    this.insiders = insiders;
  }

  /**
   * Those that the caller sees, in rising order of ids: all, or those that he made; fails with
   * PERMISSION_MISSING.
   */
  public CompletableFuture<List<Invitation>> list(Identity who, long workspaceId) {
    return insiders
        .workspace(who, workspaceId)
        .thenApply(seen -> visible(who, seen))
        .thenCompose(visible ->
            rows(workspaceId)
                .thenApply(
                    rows -> rows.stream().filter(visible).map(row -> shown(who, row)).toList()));
  }

  private static Predicate<InvitationRow> visible(Identity who, SeenWorkspace seen) {
    if (seen.permits(Permission.MANAGE_WORKSPACE)) {
      return row -> true;
    }
    seen.require(Permission.CREATE_INVITATIONS);
    return row -> row.getCreatedBy() == who.userId();
  }

  /** One that the caller made; with nothing but its id when it has ended. */
  public CompletableFuture<Invitation> made(Identity who, long workspaceId, long invitationId) {
    return rows(workspaceId)
        .thenApply(rows ->
            rows.stream()
                .filter(row -> row.getInvitationId() == invitationId)
                .findFirst()
                .map(row -> shown(who, row))
                .orElseGet(() -> Invitation.newBuilder().setInvitationId(invitationId).build()));
  }

  private CompletableFuture<List<InvitationRow>> rows(long workspaceId) {
    return servers
        .any()
        .invitations(ListInvitationsRequest.newBuilder().setWorkspaceId(workspaceId).build())
        .thenApply(ListInvitationsResponse::getInvitationsList);
  }

  /** A code that gives roles is its maker's: who lists it may be unable to give them. */
  private static Invitation shown(Identity who, InvitationRow row) {
    boolean own = row.getCreatedBy() == who.userId();
    return Invitation.newBuilder()
        .setInvitationId(row.getInvitationId())
        .setCode(own || row.getRoleIdsCount() == 0 ? row.getCode() : "")
        .addAllRoleIds(row.getRoleIdsList())
        .setMaxUses(row.getMaxUses())
        .setUses(row.getUses())
        .setCreatedAt(Timestamps.fromMillis(Snowflake.epochMillis(row.getInvitationId())))
        .setExpiresAt(Timestamps.fromMillis(row.getExpiresAtMillis()))
        .setCreatedBy(row.getCreatedBy())
        .build();
  }
}
