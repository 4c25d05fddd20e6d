package chat.starling.cli;

import static org.assertj.core.api.Assertions.assertThat;

import chat.starling.api.v1.Author;
import chat.starling.api.v1.User;
import java.util.List;
import org.junit.jupiter.api.Test;

class KnownNamesTest {
  private final KnownNames names = new KnownNames();

  @Test
  void author_notTold_isCalledAsInTheMessage() {
    assertThat(names.of(author(5, "alice"))).isEqualTo("alice");
  }

  @Test
  void author_told_isCalledByNickname_elseByTheNameNow() {
    names.learn(List.of(user(5, "Alice B", ""), user(6, "Bob", "the chief"), user(7, "", "")));
    assertThat(names.of(author(5, "alice"))).isEqualTo("Alice B");
    assertThat(names.of(author(6, "bob"))).isEqualTo("the chief");
    assertThat(names.of(author(7, "carol"))).isEqualTo("carol");
    names.learn(List.of(user(6, "Bob", "")));
    assertThat(names.of(author(6, "bob"))).isEqualTo("Bob");
  }

  @Test
  void names_beyondTheBound_forgetTheOldest() {
    for (long id = 1; id <= 10_001; id++) {
      names.learn(List.of(user(id, "known", "")));
    }
    assertThat(names.of(author(1, "then"))).isEqualTo("then");
    assertThat(names.of(author(2, "then"))).isEqualTo("known");
  }

  private static User user(long id, String name, String nickname) {
    return User.newBuilder().setUserId(id).setDisplayName(name).setNickname(nickname).build();
  }

  private static Author author(long id, String name) {
    return Author.newBuilder().setUserId(id).setDisplayName(name).build();
  }
}
