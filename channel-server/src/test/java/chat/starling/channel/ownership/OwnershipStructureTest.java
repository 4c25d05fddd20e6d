package chat.starling.channel.ownership;

import chat.starling.platform.rules.StarlingRules;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "chat.starling.channel.ownership",
    importOptions = ImportOption.DoNotIncludeTests.class)
class OwnershipStructureTest {

  @ArchTest static final ArchRule PURE = StarlingRules.pure("chat.starling.channel.ownership..");

  @ArchTest static final ArchRule NO_RAW_CLOCK = StarlingRules.noRawClock();
}
