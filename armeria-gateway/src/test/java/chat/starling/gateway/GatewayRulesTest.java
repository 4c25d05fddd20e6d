package chat.starling.gateway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import chat.starling.platform.rules.StarlingRules;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "chat.starling.gateway",
    importOptions = ImportOption.DoNotIncludeTests.class)
class GatewayRulesTest {

  @ArchTest static final ArchRule NO_RAW_CLOCK = StarlingRules.noRawClock();

  @ArchTest static final ArchRule NO_SLEEP = StarlingRules.noSleep();

  @ArchTest
  static final ArchRule PURE =
      StarlingRules.pure(
          "chat.starling.gateway.session..",
          "chat.starling.gateway.limits..",
          "chat.starling.gateway.moderation..",
          "chat.starling.gateway.admission..",
          "chat.starling.gateway.delivery..",
          "chat.starling.gateway.edge..",
          "chat.starling.gateway.workspace..",
          "chat.starling.gateway.routing..");

  @ArchTest
  static final ArchRule SIGN_IN_KNOWS_NO_TRANSPORT =
      noClasses()
          .that()
          .resideInAPackage("chat.starling.gateway.signin..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.grpc..", "io.netty..", "com.linecorp.armeria..");

  @ArchTest
  static final ArchRule LAYERS =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("main")
          .definedBy("chat.starling.gateway")
          .layer("rpc")
          .definedBy("chat.starling.gateway.rpc..")
          .layer("frames")
          .definedBy("chat.starling.gateway.frames..")
          .layer("administration")
          .definedBy("chat.starling.gateway.administration..")
          .layer("runtime")
          .definedBy("chat.starling.gateway.runtime..")
          .layer("domain")
          .definedBy(
              "chat.starling.gateway.session..",
              "chat.starling.gateway.limits..",
              "chat.starling.gateway.moderation..",
              "chat.starling.gateway.admission..",
              "chat.starling.gateway.delivery..",
              "chat.starling.gateway.edge..",
              "chat.starling.gateway.workspace..",
              "chat.starling.gateway.routing..")
          .layer("signin")
          .definedBy("chat.starling.gateway.signin..")
          .layer("upstream")
          .definedBy("chat.starling.gateway.upstream..")
          .whereLayer("main")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("rpc")
          .mayOnlyBeAccessedByLayers("main")
          .whereLayer("frames")
          .mayOnlyBeAccessedByLayers("main", "rpc")
          .whereLayer("administration")
          .mayOnlyBeAccessedByLayers("rpc")
          .whereLayer("runtime")
          .mayOnlyBeAccessedByLayers("main", "rpc", "frames", "administration")
          .whereLayer("upstream")
          .mayOnlyBeAccessedByLayers("main", "rpc", "administration", "runtime");

  @ArchTest
  static final ArchRule KNOWS_NO_OTHER_SERVER =
      noClasses().should().dependOnClassesThat().resideInAPackage("chat.starling.channel..");
}
