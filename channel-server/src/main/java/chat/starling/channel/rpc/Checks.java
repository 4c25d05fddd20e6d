package chat.starling.channel.rpc;

import chat.starling.api.internal.v1.SubscribeRequest;
import chat.starling.api.v1.Reason;
import chat.starling.channel.feed.Nonce;
import chat.starling.channel.relay.Stage;
import chat.starling.channel.workspace.Decisions;
import chat.starling.platform.ids.FeedId;
import chat.starling.platform.ids.FeedKind;
import chat.starling.platform.refusal.Refuse;
import chat.starling.platform.refusal.RefusedException;
import com.google.protobuf.ByteString;

/** The checks that requests go through before anything is done; each throws the refusal. */
final class Checks {

  private static final int MAX_PAGE = 1000;
  private static final int MAX_TEXT = 4000;
  private static final int MAX_DISPLAY_NAME = 320;
  private static final int MAX_PREFIX = 80;
  private static final int MAX_SERVER_ID = 100;

  private Checks() {}

  static FeedId feed(chat.starling.api.internal.v1.FeedId feed) {
    if (feed.getKindValue() < 1 || feed.getKindValue() > FeedKind.values().length) {
      throw outOfRange("feed.kind", feed.getKindValue(), "1..3");
    }
    return new FeedId(FeedKind.of(feed.getKindValue()), id("feed.id", feed.getId()));
  }

  static FeedId channelFeed(chat.starling.api.internal.v1.FeedId feed) {
    FeedId id = feed(feed);
    if (id.kind() != FeedKind.CHANNEL) {
      throw outOfRange("feed.kind", feed.getKind(), "FEED_KIND_CHANNEL");
    }
    return id;
  }

  /** Everything in an Add; the feed that it names. */
  static FeedId add(SubscribeRequest.Add add) {
    FeedId feed = feed(add.getFeed());
    if (add.hasAfterSeq()) {
      notNegative("add.after_seq", add.getAfterSeq());
    }
    notNegative("add.stage.epoch", add.getStage().getEpoch());
    if (add.getStage().getPathCount() > Stage.DEEPEST) {
      throw outOfRange(
          "add.stage.path", add.getStage().getPathCount() + " servers", "0.." + Stage.DEEPEST);
    }
    add.getStage().getPathList().forEach(id -> serverId("add.stage.path", id, 1));
    serverId("add.relay", add.getRelay(), 0);
    notNegative("add.subscriber", add.getSubscriber());
    if (feed.kind() == FeedKind.WORKSPACE && add.getStage().getPathCount() > 0) {
      throw outOfRange("add.stage.path", add.getStage().getPathCount() + " servers", "none");
    }
    return feed;
  }

  private static void serverId(String field, String id, int least) {
    if (id.length() < least || id.length() > MAX_SERVER_ID) {
      throw outOfRange(field, id.length() + " chars", least + ".." + MAX_SERVER_ID + " chars");
    }
  }

  static long id(String field, long id) {
    if (id <= 0) {
      throw outOfRange(field, id, "1..9223372036854775807");
    }
    return id;
  }

  static long notNegative(String field, long number) {
    if (number < 0) {
      throw outOfRange(field, number, "0..9223372036854775807");
    }
    return number;
  }

  static long atLeast(String field, long number, long least) {
    if (number < least) {
      throw outOfRange(field, number, least + "..9223372036854775807");
    }
    return number;
  }

  static int within(String field, int number, int most) {
    if (number < 1 || number > most) {
      throw outOfRange(field, number, "1.." + most);
    }
    return number;
  }

  static int pageSize(String field, int size) {
    if (size < 1 || size > MAX_PAGE) {
      throw refuse(Reason.REASON_PAGE_SIZE, field, size, "1.." + MAX_PAGE);
    }
    return size;
  }

  static String text(String text) {
    if (text.isBlank()) {
      throw refuse(Reason.REASON_TEXT_EMPTY, "text", "", "1.." + MAX_TEXT + " code points");
    }
    int length = text.codePointCount(0, text.length());
    if (length > MAX_TEXT) {
      throw refuse(
          Reason.REASON_TEXT_TOO_LONG,
          "text",
          length + " code points",
          "1.." + MAX_TEXT + " code points");
    }
    return text;
  }

  static String displayName(String name) {
    if (name.length() > MAX_DISPLAY_NAME) {
      throw outOfRange(
          "author.display_name", name.length() + " chars", "0.." + MAX_DISPLAY_NAME + " chars");
    }
    return name;
  }

  static String userName(String name) {
    if (name.isEmpty() || name.length() > MAX_DISPLAY_NAME) {
      throw outOfRange(
          "display_name", name.length() + " chars", "1.." + MAX_DISPLAY_NAME + " chars");
    }
    return name;
  }

  static String prefix(String prefix) {
    int length = prefix.codePointCount(0, prefix.length());
    if (length < 1 || length > MAX_PREFIX) {
      throw outOfRange("prefix", length + " code points", "1.." + MAX_PREFIX + " code points");
    }
    return prefix;
  }

  static void count(String field, int count, int most) {
    if (count > most) {
      throw refuse(Reason.REASON_TOO_MANY, field, count, "at most " + most);
    }
  }

  static String reason(String text) {
    int length = text.codePointCount(0, text.length());
    if (length > Decisions.MAX_REASON) {
      throw outOfRange(
          "reason", length + " code points", "0.." + Decisions.MAX_REASON + " code points");
    }
    return text;
  }

  static ByteString nonce(ByteString nonce) {
    if (nonce.isEmpty()) {
      throw refuse(Reason.REASON_NONCE_MISSING, "nonce", "", "16 bytes");
    }
    if (nonce.size() != Nonce.LENGTH) {
      throw refuse(Reason.REASON_NONCE_LENGTH, "nonce", nonce.size() + " bytes", "16 bytes");
    }
    return nonce;
  }

  private static RefusedException outOfRange(String field, Object value, String expected) {
    return refuse(Reason.REASON_OUT_OF_RANGE, field, value, expected);
  }

  private static RefusedException refuse(
      Reason reason, String field, Object value, String expected) {
    return Refuse.because(reason).field(field).value(value).expected(expected).toException();
  }
}
