package chat.starling.gateway.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.starling.gateway.harness.Pem;
import chat.starling.platform.settings.SettingsException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PemPairTest {

  @TempDir private Path folder;
  private Pem good;

  @BeforeEach
  void make() throws Exception {
    good = Pem.selfSigned(folder.resolve("one"));
  }

  @Test
  void read_pair_isThere() {
    assertThat(pair(good.certificate(), good.key()).read().certificateChain()).hasSize(1);
  }

  @Test
  void read_fileMissing_isNamed() {
    assertWrong(folder.resolve("none.pem"), good.key())
        .hasMessageContainingAll("the.certificate: ", "none.pem", "can be read");
    assertWrong(good.certificate(), folder.resolve("none.pem"))
        .hasMessageContainingAll("the.key: ", "none.pem", "can be read");
  }

  @Test
  void read_notWhatItShouldBe_isNamed() throws Exception {
    Path text = Files.writeString(folder.resolve("text.pem"), "nothing");
    assertWrong(text, good.key())
        .hasMessageContainingAll("the.certificate: ", "text.pem", "certificates in PEM");
    assertWrong(good.key(), good.key()).hasMessageContaining("the.certificate: ");
    assertWrong(good.certificate(), text)
        .hasMessageContainingAll("the.key: ", "text.pem", "a private key in PEM");
  }

  @Test
  void read_keyOfAnother_isNamed() throws Exception {
    Pem other = Pem.selfSigned(folder.resolve("other"));
    assertWrong(good.certificate(), other.key())
        .hasMessageContainingAll("the.key: ", "the private key to");
  }

  private static AbstractThrowableAssert<?, ?> assertWrong(Path certificate, Path key) {
    return assertThatThrownBy(() -> pair(certificate, key).read())
        .isInstanceOf(SettingsException.class);
  }

  private static PemPair pair(Path certificate, Path key) {
    return new PemPair("the.certificate", certificate, "the.key", key);
  }
}
