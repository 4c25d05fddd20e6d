package chat.starling.platform.rules;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.lang.ArchRule;

/** The rules of structure that every module's ArchUnit test holds its own classes against. */
public final class StarlingRules {

  private static final String TIME = "chat.starling.platform.time..";

  private StarlingRules() {}

  /** Time is injected: only {@code platform.time} reads the machine's clocks. */
  public static ArchRule noRawClock() {
    return noClasses()
        .that()
        .resideOutsideOfPackage(TIME)
        .should()
        .callMethodWhere(call("java.time.Instant", "now"))
        .orShould()
        .callMethodWhere(call("java.lang.System", "currentTimeMillis|nanoTime"))
        .orShould()
        .callMethodWhere(call("java.time.Local.*|java.time.ZonedDateTime", "now"))
        .orShould()
        .callMethodWhere(call("java.time.Clock|java.time.InstantSource", "system.*"))
        .because("time is injected; take a MonotonicClock or an InstantSource, made by SystemTime")
        .allowEmptyShould(true);
  }

  /** Nobody waits by sleeping. */
  public static ArchRule noSleep() {
    return noClasses()
        .should()
        .callMethodWhere(call("java.lang.Thread", "sleep"))
        .orShould()
        .callMethodWhere(call("java.util.concurrent.TimeUnit", "sleep"))
        .because(
            "a wait ends by a condition or a scheduled task, never by guessing how long it takes");
  }

  /** Domain packages know no driver, no transport and no event loop. */
  public static ArchRule pure(String... packages) {
    return noClasses()
        .that()
        .resideInAnyPackage(packages)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.grpc..",
            "io.netty..",
            "com.linecorp.armeria..",
            "com.datastax..",
            "io.lettuce..",
            "org.apache.kafka..",
            "java.net.http..")
        .orShould()
        .dependOnClassesThat(isClock())
        .because("the domain takes commands and facts and returns events and effects");
  }

  private static DescribedPredicate<JavaClass> isClock() {
    return DescribedPredicate.describe(
        "are clocks",
        type ->
            type.getName().equals("java.time.Clock")
                || type.getName().startsWith("chat.starling.platform.time."));
  }

  private static DescribedPredicate<JavaMethodCall> call(String types, String methods) {
    return DescribedPredicate.describe(
        "a call of " + types + "." + methods,
        call ->
            call.getTargetOwner().getName().matches(types)
                && call.getTarget().getName().matches(methods));
  }
}
