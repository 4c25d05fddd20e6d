package chat.starling.platform.storage;

import com.datastax.oss.driver.api.core.ConsistencyLevel;

/** How many replicas of a row have to answer, as far as settings leave a choice. */
public enum Consistency {
  /** Any one in the local data centre; what it holds may be old. */
  LOCAL_ONE,
  /** The majority in the local data centre. */
  LOCAL_QUORUM,
  /** The majority over all data centres. */
  QUORUM;

  /** The driver's word for it. */
  ConsistencyLevel level() {
    return switch (this) {
      case LOCAL_ONE -> ConsistencyLevel.LOCAL_ONE;
      case LOCAL_QUORUM -> ConsistencyLevel.LOCAL_QUORUM;
      case QUORUM -> ConsistencyLevel.QUORUM;
    };
  }
}
