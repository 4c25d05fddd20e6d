package chat.starling.gateway.rpc;

import chat.starling.api.internal.v1.Act;
import chat.starling.api.internal.v1.GetChannelRulesResponse;
import chat.starling.api.internal.v1.OverrideRow;
import chat.starling.api.v1.ListOverridesRequest;
import chat.starling.api.v1.ListOverridesResponse;
import chat.starling.api.v1.OverrideServiceGrpc.OverrideServiceImplBase;
import chat.starling.api.v1.Reason;
import chat.starling.api.v1.RemoveOverrideRequest;
import chat.starling.api.v1.RemoveOverrideResponse;
import chat.starling.api.v1.SetOverrideRequest;
import chat.starling.api.v1.SetOverrideResponse;
import chat.starling.gateway.administration.ChannelActs;
import chat.starling.gateway.administration.SeenChannel;
import chat.starling.gateway.administration.Shown;
import chat.starling.gateway.administration.Sight;
import chat.starling.gateway.administration.Terms;
import chat.starling.platform.refusal.Refuse;
import io.grpc.stub.StreamObserver;

/** Overrides of the channels that a caller sees. */
final class OverrideRpc extends OverrideServiceImplBase {

  private final Caller caller;
  private final ChannelActs acts;
  private final Sight sight;

  OverrideRpc(Caller caller, ChannelActs acts, Sight sight) {
    this.caller = caller;
    this.acts = acts;
    this.sight = sight;
  }

  @Override
  public void listOverrides(
      ListOverridesRequest request, StreamObserver<ListOverridesResponse> answer) {
    caller.serve(
        answer,
        who ->
            sight
                .channel(who, Requests.id("channel_id", request.getChannelId()))
                .thenApply(SeenChannel::rules)
                .thenApply(rules ->
                    ListOverridesResponse.newBuilder()
                        .addAllOverrides(Shown.overrides(rules.getOverridesList()))
                        .setVersion(rules.getVersion())
                        .build()));
  }

  @Override
  public void setOverride(SetOverrideRequest request, StreamObserver<SetOverrideResponse> answer) {
    caller.serve(
        answer,
        who -> {
          long channel = Requests.id("channel_id", request.getChannelId());
          Act.Builder act = Act.newBuilder();
          act.getSetOverrideBuilder().setChannelId(channel).setOverride(row(request));
          return acts.run(
              who,
              channel,
              act,
              new Terms(
                  request.getRequestId(),
                  Requests.version(request.getExpectedVersion()),
                  request.getReason()),
              done -> sight.rules(channel).thenApply(OverrideRpc::set));
        });
  }

  private static SetOverrideResponse set(GetChannelRulesResponse rules) {
    return SetOverrideResponse.newBuilder()
        .addAllOverrides(Shown.overrides(rules.getOverridesList()))
        .setVersion(rules.getVersion())
        .build();
  }

  private static OverrideRow row(SetOverrideRequest request) {
    var asked = request.getOverride();
    OverrideRow.Builder row =
        OverrideRow.newBuilder().setAllow(asked.getAllow()).setDeny(asked.getDeny());
    return switch (asked.getTargetCase()) {
      case ROLE_ID -> row.setRoleId(Requests.id("override.role_id", asked.getRoleId())).build();
      case USER_ID -> row.setUserId(Requests.id("override.user_id", asked.getUserId())).build();
      case TARGET_NOT_SET -> throw noTarget("override.target");
    };
  }

  @Override
  public void removeOverride(
      RemoveOverrideRequest request, StreamObserver<RemoveOverrideResponse> answer) {
    caller.serve(
        answer,
        who -> {
          long channel = Requests.id("channel_id", request.getChannelId());
          Act.Builder act = Act.newBuilder();
          act.getRemoveOverrideBuilder().setChannelId(channel).setOverride(row(request));
          return acts.run(
              who,
              channel,
              act,
              new Terms(
                  request.getRequestId(),
                  Requests.version(request.getExpectedVersion()),
                  request.getReason()),
              done -> sight.rules(channel).thenApply(OverrideRpc::removed));
        });
  }

  private static RemoveOverrideResponse removed(GetChannelRulesResponse rules) {
    return RemoveOverrideResponse.newBuilder()
        .addAllOverrides(Shown.overrides(rules.getOverridesList()))
        .setVersion(rules.getVersion())
        .build();
  }

  private static OverrideRow row(RemoveOverrideRequest request) {
    return switch (request.getTargetCase()) {
      case ROLE_ID ->
          OverrideRow.newBuilder().setRoleId(Requests.id("role_id", request.getRoleId())).build();
      case USER_ID ->
          OverrideRow.newBuilder().setUserId(Requests.id("user_id", request.getUserId())).build();
      case TARGET_NOT_SET -> throw noTarget("target");
    };
  }

  private static RuntimeException noTarget(String field) {
    return Refuse.because(Reason.REASON_OUT_OF_RANGE)
        .field(field)
        .expected("a role_id or a user_id")
        .toException();
  }
}
