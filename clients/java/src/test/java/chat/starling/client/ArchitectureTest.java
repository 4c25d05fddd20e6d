package chat.starling.client;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "chat.starling.client",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule PROTOCOL_IS_PURE =
      noClasses()
          .that()
          .resideInAPackage("chat.starling.client.protocol..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.grpc..", "java.util.concurrent..", "java.time..", "io.opentelemetry..")
          .orShould()
          .dependOnClassesThat()
          .resideInAPackage("chat.starling.client")
          .because("threads, clocks and connections belong to the runtime around it");

  @ArchTest
  static final ArchRule ONE_CLOCK =
      noClasses()
          .that()
          .doNotHaveSimpleName("MonotonicTime")
          .should()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(Thread.class, "sleep", long.class)
          .because("MonotonicTime is the one clock; tests pass times in");

  @ArchTest
  static final ArchRule NO_SERVER_CODE =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.netty..", "io.grpc.netty..", "com.linecorp..", "com.google.common..")
          .because("the client runs on Android, over whatever transport is there");
}
