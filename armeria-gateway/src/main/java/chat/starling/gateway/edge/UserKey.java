package chat.starling.gateway.edge;

/** A user in a workspace: each workspace knows something else of him. */
public record UserKey(long workspaceId, long userId) {}
