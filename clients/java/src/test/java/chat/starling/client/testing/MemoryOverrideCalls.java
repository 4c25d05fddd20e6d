package chat.starling.client.testing;

import chat.starling.api.v1.ChannelOverride;
import chat.starling.api.v1.ListOverridesRequest;
import chat.starling.api.v1.ListOverridesResponse;
import chat.starling.api.v1.OverrideServiceGrpc.OverrideServiceImplBase;
import chat.starling.api.v1.RemoveOverrideRequest;
import chat.starling.api.v1.RemoveOverrideResponse;
import chat.starling.api.v1.SetOverrideRequest;
import chat.starling.api.v1.SetOverrideResponse;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;

/** The overrides of a {@link MemoryServer}, which are the same in all channels. */
final class MemoryOverrideCalls extends OverrideServiceImplBase {
  private final List<ChannelOverride> overrides = new ArrayList<>();

  @Override
  public void listOverrides(
      ListOverridesRequest request, StreamObserver<ListOverridesResponse> out) {
    MemoryMemberCalls.answer(
        out, ListOverridesResponse.newBuilder().addAllOverrides(overrides).build());
  }

  @Override
  public void setOverride(SetOverrideRequest request, StreamObserver<SetOverrideResponse> out) {
    ChannelOverride next = request.getOverride();
    remove(next.getRoleId(), next.getUserId());
    overrides.add(next);
    MemoryMemberCalls.answer(
        out, SetOverrideResponse.newBuilder().addAllOverrides(overrides).build());
  }

  @Override
  public void removeOverride(
      RemoveOverrideRequest request, StreamObserver<RemoveOverrideResponse> out) {
    remove(request.getRoleId(), request.getUserId());
    MemoryMemberCalls.answer(
        out, RemoveOverrideResponse.newBuilder().addAllOverrides(overrides).build());
  }

  private void remove(long role, long user) {
    overrides.removeIf(old -> old.getRoleId() == role && old.getUserId() == user);
  }
}
