package chat.starling.channel.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.starling.api.v1.Reason;
import chat.starling.platform.refusal.RefusedException;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageTokenTest {

  private static final ChannelQuery QUERY = new ChannelQuery(1, 7, 7);

  @Test
  void token_writtenAndRead_isTheSame() {
    PageToken token = new PageToken(15, Long.MAX_VALUE);
    assertThat(PageToken.read(token.write(QUERY), QUERY)).isEqualTo(token);
  }

  @Test
  void token_empty_isTheBeginning() {
    assertThat(PageToken.read("", QUERY)).isEqualTo(PageToken.FIRST);
  }

  @Test
  void token_ofAnotherQuery_isRefused() {
    String token = new PageToken(2, 99).write(QUERY);
    refused(token, new ChannelQuery(2, 7, 7));
    refused(token, new ChannelQuery(1, 0, 7));
    refused(token, new ChannelQuery(1, 7, 8));
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "%%%", "AAAA", "AQIAAAAAAAAAYwAAAAA", "AAAAAAAAAAAAAAAAAAA"})
  void token_madeUp_isRefused(String text) {
    refused(text, QUERY);
  }

  private static void refused(String token, ChannelQuery query) {
    assertThatThrownBy(() -> PageToken.read(token, query))
        .asInstanceOf(InstanceOfAssertFactories.type(RefusedException.class))
        .extracting(RefusedException::reason)
        .isEqualTo(Reason.REASON_PAGE_TOKEN);
  }
}
