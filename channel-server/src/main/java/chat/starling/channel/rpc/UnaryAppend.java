package chat.starling.channel.rpc;

import chat.starling.api.internal.v1.AppendResponse;
import chat.starling.api.v1.Refusal;
import chat.starling.platform.refusal.RefusedException;
import io.grpc.stub.StreamObserver;

/** The caller of one Append. */
record UnaryAppend(StreamObserver<AppendResponse> call) implements AppendCaller {

  @Override
  public void appended(AppendResponse response) {
    Answers.finish(call, response);
  }

  @Override
  public void refused(Refusal refusal) {
    call.onError(new RefusedException(refusal));
  }
}
