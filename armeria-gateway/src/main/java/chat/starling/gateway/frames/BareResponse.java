package chat.starling.gateway.frames;

import com.linecorp.armeria.common.HttpHeaders;
import com.linecorp.armeria.common.HttpObject;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * A response of headers and trailers only, whose data goes another way. It holds nothing while the
 * stream lives, where a response to be written to has a queue. Confined to its event loop.
 */
final class BareResponse implements Publisher<HttpObject>, Subscription, ResponseFrame.End {

  private @Nullable Subscriber<? super HttpObject> subscriber;
  private @Nullable HttpHeaders trailers;
  private long demand;
  private boolean begun;
  private boolean over;

  @Override
  public void subscribe(Subscriber<? super HttpObject> to) {
    subscriber = to;
    to.onSubscribe(this);
  }

  @Override
  public void request(long count) {
    demand += count;
    emit();
  }

  @Override
  public void cancel() {
    over = true;
  }

  @Override
  public void with(HttpHeaders last) {
    trailers = last;
    emit();
  }

  private void emit() {
    Subscriber<? super HttpObject> to = subscriber;
    if (to == null) {
      return;
    }
    if (!begun && demand > 0 && !over) {
      begun = true;
      demand--;
      to.onNext(Trailers.begin());
    }
    HttpHeaders last = trailers;
    if (begun && last != null && demand > 0 && !over) {
      over = true;
      to.onNext(last);
      to.onComplete();
    }
  }
}
