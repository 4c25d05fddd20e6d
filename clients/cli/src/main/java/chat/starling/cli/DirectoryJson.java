package chat.starling.cli;

import chat.starling.api.v1.AuditEntry;
import chat.starling.api.v1.ChannelOverride;
import chat.starling.api.v1.Invitation;
import chat.starling.api.v1.Member;
import chat.starling.api.v1.Report;
import chat.starling.api.v1.Role;
import chat.starling.api.v1.User;
import chat.starling.api.v1.Workspace;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/** One-line JSON of workspaces, roles, members and what was done, as {@link Json} of messages. */
final class DirectoryJson {
  private static final JsonMapper MAPPER = new JsonMapper();

  private DirectoryJson() {}

  static String of(Workspace workspace) {
    return MAPPER
        .createObjectNode()
        .put("workspace_id", Long.toString(workspace.getWorkspaceId()))
        .put("name", workspace.getName())
        .put("owner_id", Long.toString(workspace.getOwnerId()))
        .put("version", workspace.getVersion())
        .put("my_permissions", PermissionNames.of(workspace.getMyPermissions()))
        .toString();
  }

  static String of(Role role) {
    return MAPPER
        .createObjectNode()
        .put("role_id", Long.toString(role.getRoleId()))
        .put("name", role.getName())
        .put("position", role.getPosition())
        .put("permissions", PermissionNames.of(role.getPermissions()))
        .put("version", role.getVersion())
        .toString();
  }

  static String of(Member member) {
    ObjectNode node = MAPPER.createObjectNode();
    node.put("user_id", Long.toString(member.getUserId()));
    node.put(
        "state",
        member.getState().name().replaceFirst("^MEMBER_STATE_", "").toLowerCase(Locale.ROOT));
    node.put("nickname", member.getNickname());
    ArrayNode roles = node.putArray("role_ids");
    member.getRoleIdsList().forEach(id -> roles.add(Long.toString(id)));
    if (member.hasTimedOutUntil()) {
      node.put("timed_out_until", Json.time(member.getTimedOutUntil()));
    }
    node.put("version", member.getVersion());
    return node.toString();
  }

  static String of(User user) {
    ObjectNode node = MAPPER.createObjectNode();
    node.put("user_id", Long.toString(user.getUserId()));
    node.put("display_name", user.getDisplayName());
    node.put("nickname", user.getNickname());
    ArrayNode roles = node.putArray("role_ids");
    user.getRoleIdsList().forEach(id -> roles.add(Long.toString(id)));
    return node.toString();
  }

  static String of(ChannelOverride override) {
    ObjectNode node = MAPPER.createObjectNode();
    if (override.hasUserId()) {
      node.put("user_id", Long.toString(override.getUserId()));
    } else {
      node.put("role_id", Long.toString(override.getRoleId()));
    }
    return node.put("allow", PermissionNames.of(override.getAllow()))
        .put("deny", PermissionNames.of(override.getDeny()))
        .toString();
  }

  static String of(AuditEntry entry) {
    ObjectNode node = MAPPER.createObjectNode();
    node.put("entry_id", Long.toString(entry.getEntryId()));
    node.put("created_at", Json.time(entry.getCreatedAt()));
    node.put("actor_id", Long.toString(entry.getActorId()));
    node.put("action", AuditCommand.action(entry).replace(' ', '_'));
    node.put("role_id", Long.toString(entry.getRoleId()));
    node.put("user_id", Long.toString(entry.getUserId()));
    node.put("channel_id", Long.toString(entry.getChannelId()));
    ObjectNode details = node.putObject("details");
    entry.getDetailsMap().forEach(details::put);
    node.put("reason", entry.getReason());
    return node.toString();
  }

  static String of(Invitation invitation) {
    ObjectNode node = MAPPER.createObjectNode();
    node.put("invitation_id", Long.toString(invitation.getInvitationId()));
    node.put("code", invitation.getCode());
    ArrayNode roles = node.putArray("role_ids");
    invitation.getRoleIdsList().forEach(role -> roles.add(Long.toString(role)));
    node.put("max_uses", invitation.getMaxUses());
    node.put("uses", invitation.getUses());
    node.put("created_at", Json.time(invitation.getCreatedAt()));
    node.put("expires_at", Json.time(invitation.getExpiresAt()));
    node.put("created_by", Long.toString(invitation.getCreatedBy()));
    return node.toString();
  }

  static String of(Report report) {
    ObjectNode node = MAPPER.createObjectNode();
    node.put("report_id", Long.toString(report.getReportId()));
    node.put("created_at", Json.time(report.getCreatedAt()));
    node.put("state", ReportCommands.state(report));
    node.put("settled_by", Long.toString(report.getSettledBy()));
    node.put("channel_id", Long.toString(report.getMessage().getChannelId()));
    node.put("message_id", Long.toString(report.getMessage().getMessageId()));
    node.put("author_id", Long.toString(report.getMessage().getAuthor().getUserId()));
    node.put("text", report.getMessage().getText());
    ArrayNode reporters = node.putArray("reporters");
    for (Report.Reporter one : report.getReportersList()) {
      reporters
          .addObject()
          .put("user_id", Long.toString(one.getUserId()))
          .put("reason", one.getReason());
    }
    return node.toString();
  }
}
