package chat.starling.channel;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;

@AnalyzeClasses(
    packages = "chat.starling.channel",
    importOptions = ImportOption.DoNotIncludeTests.class)
class LayersTest {

  @ArchTest
  static final ArchRule layers_lookDownOnly =
      layeredArchitecture()
          .consideringOnlyDependenciesInAnyPackage("chat.starling.channel..")
          .layer("start")
          .definedBy("chat.starling.channel")
          .layer("operator")
          .definedBy("..channel.operator..")
          .layer("rpc")
          .definedBy("..channel.rpc..")
          .layer("store")
          .definedBy("..channel.store..")
          .layer("owner")
          .definedBy("..channel.owner..")
          .layer("peer")
          .definedBy("..channel.peer..")
          .layer("domain")
          .definedBy(
              "..channel.feed..",
              "..channel.history..",
              "..channel.heads..",
              "..channel.directory..",
              "..channel.lookup..",
              "..channel.workspace..",
              "..channel.relay..",
              "..channel.report..",
              "..channel.ownership..")
          .whereLayer("start")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("operator")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("operator")
          .mayNotAccessAnyLayer()
          .whereLayer("rpc")
          .mayOnlyBeAccessedByLayers("start")
          .whereLayer("store")
          .mayOnlyBeAccessedByLayers("start")
          .whereLayer("peer")
          .mayOnlyBeAccessedByLayers("start")
          .whereLayer("owner")
          .mayOnlyBeAccessedByLayers("start", "rpc", "store", "peer")
          .whereLayer("domain")
          .mayOnlyBeAccessedByLayers("start", "rpc", "store", "peer", "owner");

  @ArchTest
  static final ArchRule domain_knowsNoDriverNettyGrpcOrTelemetry =
      noClasses()
          .that()
          .resideInAnyPackage(
              "..channel.feed..",
              "..channel.history..",
              "..channel.heads..",
              "..channel.directory..",
              "..channel.lookup..",
              "..channel.workspace..",
              "..channel.relay..",
              "..channel.report..",
              "..channel.ownership..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "com.datastax..",
              "io.netty..",
              "io.grpc..",
              "com.linecorp..",
              "io.opentelemetry..",
              "org.apache.kafka..",
              "chat.starling.otel..",
              "chat.starling.platform.rpc..",
              "chat.starling.platform.storage..",
              "chat.starling.platform.time..");

  @ArchTest
  static final ArchRule nobody_readsAClockOfItsOwnOrSleeps =
      noClasses()
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(Thread.class, "sleep", long.class)
          .orShould()
          .callMethod(Clock.class, "systemUTC")
          .because("time is injected: see chat.starling.platform.time");
}
