package chat.starling.channel.store.outbox;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Real producers, one record of which fails when a test wants it: sent all the same, or not. */
final class UnreliableProducers implements ProducerSource {

  /** Not the first of a run, so that some of it is under way already. */
  private static final int WHICH = 4;

  private final ProducerSource real;
  private final AtomicInteger until = new AtomicInteger(-1);
  private volatile boolean sent;

  UnreliableProducers(ProducerSource real) {
    this.real = real;
  }

  /** Lets a record fail that comes soon; it is sent all the same, or never. */
  void failSoon(boolean sentAllTheSame) {
    sent = sentAllTheSame;
    until.set(WHICH);
  }

  @Override
  @SuppressWarnings("unchecked")
  public Producer<byte[], byte[]> open() throws InterruptedException {
    Producer<byte[], byte[]> producer = real.open();
    return (Producer<byte[], byte[]>)
        Proxy.newProxyInstance(
            Producer.class.getClassLoader(),
            new Class<?>[] {Producer.class},
            (proxy, method, arguments) -> called(producer, method, arguments));
  }

  // The proxy hands the future on to its caller.
  @SuppressWarnings({"unchecked", "FutureReturnValueIgnored"})
  private @Nullable Object called(
      Producer<byte[], byte[]> producer, Method method, Object @Nullable [] arguments)
      throws Throwable {
    if (arguments != null
        && arguments.length == 2
        && method.getName().equals("send")
        && until.getAndUpdate(n -> Math.max(-1, n - 1)) == 0) {
      return fail(producer, (ProducerRecord<byte[], byte[]>) arguments[0], (Callback) arguments[1]);
    }
    try {
      return method.invoke(producer, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private Future<?> fail(
      Producer<byte[], byte[]> producer, ProducerRecord<byte[], byte[]> record, Callback callback) {
    var fault = new TimeoutException("made to fail");
    if (sent) {
      return producer.send(record, (place, real) -> callback.onCompletion(null, fault));
    }
    callback.onCompletion(null, fault);
    return CompletableFuture.failedFuture(fault);
  }
}
