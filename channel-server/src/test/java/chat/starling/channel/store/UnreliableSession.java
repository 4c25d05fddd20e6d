package chat.starling.channel.store;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverTimeoutException;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A real session that can be told to let a change fail as if its answer had not come in time. */
final class UnreliableSession implements InvocationHandler {

  /** After so many changes that go well, one fails. */
  private record Fault(int after, boolean done) {}

  private final CqlSession real;
  private final AtomicReference<@Nullable Fault> fault = new AtomicReference<>();

  UnreliableSession(CqlSession real) {
    this.real = real;
  }

  /** What classes of the store are given. */
  CqlSession session() {
    return (CqlSession)
        Proxy.newProxyInstance(
            CqlSession.class.getClassLoader(), new Class<?>[] {CqlSession.class}, this);
  }

  /**
   * Lets one change fail.
   *
   * @param after changes that go well before it
   * @param done whether it is done all the same
   */
  void failChange(int after, boolean done) {
    fault.set(new Fault(after, done));
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, @Nullable Object[] arguments)
      throws Throwable {
    Fault due = isChange(method, arguments) ? due() : null;
    if (due != null && !due.done()) {
      return lost();
    }
    Object answer = pass(method, arguments);
    return due == null ? answer : ((CompletionStage<?>) answer).thenCompose(done -> lost());
  }

  private @Nullable Fault due() {
    Fault armed = fault.getAndUpdate(f -> f == null || f.after() == 0 ? null : later(f));
    return armed != null && armed.after() == 0 ? armed : null;
  }

  private static Fault later(Fault fault) {
    return new Fault(fault.after() - 1, fault.done());
  }

  private Object pass(Method method, @Nullable Object[] arguments) throws Throwable {
    try {
      return method.invoke(real, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static boolean isChange(Method method, @Nullable Object[] arguments) {
    return method.getName().equals("executeAsync")
        && !(arguments[0] instanceof BoundStatement statement
            && statement.getPreparedStatement().getQuery().startsWith("SELECT"));
  }

  private static <T> CompletionStage<T> lost() {
    return CompletableFuture.failedStage(new DriverTimeoutException("the answer was lost"));
  }
}
