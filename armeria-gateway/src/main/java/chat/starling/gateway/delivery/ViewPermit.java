package chat.starling.gateway.delivery;

/** Whether one user may be sent one channel's events. For all threads. */
public interface ViewPermit {

  /** A permit that nobody takes away. */
  ViewPermit ALWAYS =
      new ViewPermit() {
        @Override
        public boolean allowsViewing() {
          return true;
        }

        @Override
        public boolean isKnown() {
          return true;
        }

        @Override
        public Gate gate() {
          return Gate.OPEN;
        }
      };

  /** As of now; false also when it is not known. */
  boolean allowsViewing();

  /** What it depends on is known now. */
  boolean isKnown();

  /** Of the channel: its stamp changes whenever {@link #allowsViewing} may have. */
  Gate gate();
}
