package chat.starling.channel.rpc;

import chat.starling.api.internal.v1.HeadServiceGrpc;
import chat.starling.api.internal.v1.ReportHeadsRequest;
import chat.starling.api.internal.v1.ReportHeadsResponse;
import chat.starling.api.v1.Reason;
import chat.starling.channel.heads.ChannelHead;
import chat.starling.channel.heads.HeadReports;
import chat.starling.channel.owner.heads.HeadOwner;
import chat.starling.platform.refusal.Refuse;
import io.grpc.stub.StreamObserver;
import java.util.List;

/** HeadService: takes in what other channel servers tell of channels that have moved. */
public final class HeadRpc extends HeadServiceGrpc.HeadServiceImplBase {

  private final HeadOwner owner;

  /** The service of these heads. */
  public HeadRpc(HeadOwner owner) {
    this.owner = owner;
  }

  @Override
  public void reportHeads(ReportHeadsRequest request, StreamObserver<ReportHeadsResponse> call) {
    Answers.answer(
        call,
        () ->
            owner
                .report(Checks.id("workspace_id", request.getWorkspaceId()), heads(request))
                .thenApply(done -> ReportHeadsResponse.getDefaultInstance()));
  }

  private static List<ChannelHead> heads(ReportHeadsRequest request) {
    if (request.getHeadsCount() > HeadReports.MOST_IN_ONE) {
      throw Refuse.because(Reason.REASON_TOO_MANY)
          .field("heads")
          .value(request.getHeadsCount())
          .expected("at most " + HeadReports.MOST_IN_ONE)
          .toException();
    }
    return request.getHeadsList().stream()
        .map(head ->
            new ChannelHead(
                Checks.id("heads.channel_id", head.getChannelId()),
                Checks.notNegative("heads.seq", head.getSeq())))
        .toList();
  }
}
