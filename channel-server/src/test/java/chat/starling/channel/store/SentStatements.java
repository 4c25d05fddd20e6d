package chat.starling.channel.store;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.Statement;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** A real session that notes every statement that it is given to send. */
final class SentStatements implements InvocationHandler {

  private static final Pattern TABLE = Pattern.compile("(?:FROM|INTO|UPDATE) [a-z_]+\\.([a-z_]+)");

  private final CqlSession real;
  private final List<Statement<?>> sent = new CopyOnWriteArrayList<>();

  SentStatements(CqlSession real) {
    this.real = real;
  }

  /** What classes of the store are given. */
  CqlSession session() {
    return (CqlSession)
        Proxy.newProxyInstance(
            CqlSession.class.getClassLoader(), new Class<?>[] {CqlSession.class}, this);
  }

  List<Statement<?>> all() {
    return List.copyOf(sent);
  }

  /** What each part of a batch does to which table, or the statement itself. */
  static Stream<String> names(Statement<?> statement) {
    return statement instanceof BatchStatement batch
        ? StreamSupport.stream(batch.spliterator(), false).map(part -> "batch of " + name(part))
        : Stream.of(name(statement));
  }

  /** What it, or its first part, does to which table, for example {@code select feed_log}. */
  static String name(Statement<?> statement) {
    if (statement instanceof BatchStatement batch) {
      return "batch of " + name((Statement<?>) batch.iterator().next());
    }
    String text = ((BoundStatement) statement).getPreparedStatement().getQuery();
    Matcher table = TABLE.matcher(text);
    String verb = text.substring(0, text.indexOf(' ')).toLowerCase(Locale.ROOT);
    return table.find() ? verb + " " + table.group(1) : text;
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, @Nullable Object[] arguments)
      throws Throwable {
    if (method.getName().equals("executeAsync") && arguments[0] instanceof Statement<?> one) {
      sent.add(one);
    }
    try {
      return method.invoke(real, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
