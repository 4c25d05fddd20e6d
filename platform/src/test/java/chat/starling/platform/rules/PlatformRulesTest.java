package chat.starling.platform.rules;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "chat.starling.platform",
    importOptions = ImportOption.DoNotIncludeTests.class)
class PlatformRulesTest {

  @ArchTest static final ArchRule NO_RAW_CLOCK = StarlingRules.noRawClock();

  @ArchTest static final ArchRule NO_SLEEP = StarlingRules.noSleep();

  @ArchTest
  static final ArchRule PURE =
      StarlingRules.pure(
          "chat.starling.platform.ids..",
          "chat.starling.platform.permission..",
          "chat.starling.platform.refusal..",
          "chat.starling.platform.ring..");

  @ArchTest
  static final ArchRule KNOWS_NO_SERVER =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("chat.starling.channel..", "chat.starling.gateway..")
          .because("arrows point down: servers know the platform, never the other way");
}
