package chat.starling.gateway.rpc;

import chat.starling.api.internal.v1.Act;
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
import chat.starling.gateway.administration.Channels;
import chat.starling.gateway.administration.SeenChannel;
import chat.starling.gateway.administration.Shown;
import chat.starling.gateway.workspace.ChannelFacts;
import chat.starling.platform.refusal.Refuse;
import com.google.protobuf.Message;
import io.grpc.stub.StreamObserver;
import java.util.function.Consumer;
import java.util.function.Function;

/** Overrides of the channels that a caller sees. */
final class OverrideRpc extends OverrideServiceImplBase {

  private final Caller caller;
  private final ChannelActs acts;
  private final Channels channels;

  OverrideRpc(Caller caller, ChannelActs acts, Channels channels) {
    this.caller = caller;
    this.acts = acts;
    this.channels = channels;
  }

  @Override
  public void listOverrides(
      ListOverridesRequest request, StreamObserver<ListOverridesResponse> answer) {
    caller.serve(
        answer,
        who ->
            channels
                .channel(who, Requests.id("channel_id", request.getChannelId()))
                .thenApply(SeenChannel::channel)
                .thenApply(channel ->
                    ListOverridesResponse.newBuilder()
                        .addAllOverrides(Shown.overrides(channel.overrides()))
                        .setVersion(channel.rules().version())
                        .build()));
  }

  @Override
  public void setOverride(SetOverrideRequest request, StreamObserver<SetOverrideResponse> answer) {
    change(
        answer,
        request,
        request.getChannelId(),
        act ->
            act.getSetOverrideBuilder()
                .setChannelId(request.getChannelId())
                .setOverride(row(request)),
        channel ->
            SetOverrideResponse.newBuilder()
                .addAllOverrides(Shown.overrides(channel.overrides()))
                .setVersion(channel.rules().version())
                .build());
  }

  private <T> void change(
      StreamObserver<T> answer,
      Message request,
      long channelId,
      Consumer<Act.Builder> act,
      Function<ChannelFacts, T> response) {
    caller.change(
        answer,
        request,
        (who, terms) -> {
          long channel = Requests.id("channel_id", channelId);
          Act.Builder asked = Act.newBuilder();
          act.accept(asked);
          return acts.run(
              who, channel, asked, terms, done -> channels.changed(channel).thenApply(response));
        });
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
    change(
        answer,
        request,
        request.getChannelId(),
        act ->
            act.getRemoveOverrideBuilder()
                .setChannelId(request.getChannelId())
                .setOverride(row(request)),
        channel ->
            RemoveOverrideResponse.newBuilder()
                .addAllOverrides(Shown.overrides(channel.overrides()))
                .setVersion(channel.rules().version())
                .build());
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
