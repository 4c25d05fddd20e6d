package chat.starling.gateway.runtime;

import chat.starling.api.internal.v1.AppendResponse;
import chat.starling.api.v1.BackfillPage;
import chat.starling.api.v1.Send;
import chat.starling.api.v1.ServerFrame;
import chat.starling.gateway.session.Effect;
import chat.starling.gateway.session.Session;
import chat.starling.gateway.signin.Identity;
import chat.starling.platform.refusal.Refuse;
import io.netty.channel.EventLoop;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a session has channels' owners do: sends and backfills. Each answer comes back to the
 * session on its event loop, and what follows from it is carried out.
 */
final class Errands {

  private final EventLoop loop;
  private final Session session;
  private final Metrics metrics;
  private final Sending sending;
  private final Backfills backfills;
  private final Consumer<List<Effect>> carryOut;

  Errands(SessionParts parts, EventLoop loop, Session session, Consumer<List<Effect>> carryOut) {
    this.loop = loop;
    this.session = session;
    this.metrics = parts.metrics();
    this.sending = new Sending(parts);
    this.backfills = new Backfills(parts.permits(), parts.pages());
    this.carryOut = carryOut;
  }

  /** Brings a message to its channel. */
  void append(Identity author, Effect.Append append) {
    Send send = append.send();
    var _ =
        sending
            .append(author, append)
            .whenComplete(
                (done, fault) -> loop.execute(() -> carryOut.accept(appended(send, done, fault))));
  }

  /** Reads a page of a channel's log. */
  void readPage(KnownClient reader, Effect.ReadPage page) {
    var _ =
        backfills
            .read(reader.identity(), page)
            .whenComplete((answer, fault) ->
                loop.execute(() -> {
                  if (answer != null) {
                    reader.introduceAuthors(answer);
                  }
                  carryOut.accept(session.answered(page.ref(), frame(answer, fault)));
                }));
  }

  private List<Effect> appended(
      Send send, @Nullable AppendResponse done, @Nullable Throwable fault) {
    if (done == null) {
      return session.sendRefused(
          send.getChannelId(), Faults.refusal(Objects.requireNonNull(fault)));
    }
    metrics.sent();
    return session.sent(send.getChannelId(), Sending.answer(send, done));
  }

  private static ServerFrame.Builder frame(
      @Nullable BackfillPage answer, @Nullable Throwable fault) {
    return answer != null
        ? ServerFrame.newBuilder().setBackfillPage(answer)
        : ServerFrame.newBuilder()
            .setRefusal(Refuse.within("backfill", Faults.refusal(Objects.requireNonNull(fault))));
  }
}
