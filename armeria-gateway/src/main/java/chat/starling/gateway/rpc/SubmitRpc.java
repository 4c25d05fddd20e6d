package chat.starling.gateway.rpc;

import chat.starling.api.v1.Reason;
import chat.starling.api.v1.SessionServiceGrpc.SessionServiceImplBase;
import chat.starling.api.v1.SubmitRequest;
import chat.starling.api.v1.SubmitResponse;
import chat.starling.gateway.runtime.LiveSession;
import chat.starling.gateway.runtime.Sessions;
import chat.starling.platform.refusal.Refuse;
import chat.starling.platform.refusal.RefusedException;
import io.grpc.stub.StreamObserver;
import java.time.Duration;

/** The rpc Submit. Connect and Listen are served beside it, by services of their own. */
final class SubmitRpc extends SessionServiceImplBase {

  private static final int MAX_FRAMES = 32;
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final Sessions sessions;

  SubmitRpc(Sessions sessions) {
    this.sessions = sessions;
  }

  @Override
  public void submit(SubmitRequest request, StreamObserver<SubmitResponse> answer) {
    int count = request.getFramesCount();
    if (count < 1 || count > MAX_FRAMES) {
      answer.onError(
          Refuse.because(Reason.REASON_TOO_MANY)
              .field("frames")
              .value(count)
              .expected("1.." + MAX_FRAMES)
              .toException());
      return;
    }
    LiveSession session = sessions.find(request.getSessionToken()).orElse(null);
    if (session == null) {
      answer.onError(unknown());
      return;
    }
    var _ =
        session
            .submit(request.getFramesList())
            .thenAccept(taken -> {
              if (taken) {
                answer.onNext(SubmitResponse.getDefaultInstance());
                answer.onCompleted();
              } else {
                answer.onError(full());
              }
            });
  }

  private static RefusedException unknown() {
    return Refuse.because(Reason.REASON_SESSION_UNKNOWN)
        .field("session_token")
        .expected("the token of a session that this gateway holds; listen again and resume")
        .message("this gateway holds no session with that token")
        .toException();
  }

  private static RefusedException full() {
    return Refuse.because(Reason.REASON_OVERLOADED)
        .retryAfter(RETRY)
        .message("too much of this session waits for an answer; nothing was taken")
        .toException();
  }
}
