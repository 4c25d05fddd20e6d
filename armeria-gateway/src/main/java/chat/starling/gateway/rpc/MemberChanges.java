package chat.starling.gateway.rpc;

import chat.starling.api.internal.v1.Act;
import chat.starling.api.v1.Member;
import chat.starling.gateway.administration.Acts;
import chat.starling.gateway.administration.Insiders;
import chat.starling.gateway.administration.Shown;
import com.google.protobuf.Message;
import io.grpc.stub.StreamObserver;
import java.util.function.Consumer;
import java.util.function.Function;

/** Acts on one member of a workspace; each is answered with the member after it. */
record MemberChanges(Caller caller, Acts acts, Insiders insiders) {

  /**
   * Answers a request that names the member.
   *
   * @param act says what is to be done; may refuse
   */
  <T> void change(
      StreamObserver<T> answer,
      Message request,
      Whom whom,
      Consumer<Act.Builder> act,
      Function<Member, T> response) {
    caller.change(
        answer,
        request,
        (who, terms) -> {
          long user = Requests.id("user_id", whom.userId());
          long workspace = Requests.workspace(who, whom.workspaceId());
          Act.Builder asked = Act.newBuilder();
          act.accept(asked);
          return acts.run(
              who,
              workspace,
              asked,
              terms,
              done ->
                  insiders.member(workspace, user).thenApply(Shown::member).thenApply(response));
        });
  }

  /** The member of a request, as it names him. */
  record Whom(long workspaceId, long userId) {}
}
