package chat.starling.gateway.delivery;

/** Says when it is to be looked at again who may be sent a channel's events. For all threads. */
public interface Gate {

  /** Lets everybody through at any time. */
  Gate OPEN =
      new Gate() {
        @Override
        public long stamp() {
          return 0;
        }

        @Override
        public boolean isOpen() {
          return true;
        }
      };

  /** Another number after every change that may matter to those who view the channel. */
  long stamp();

  /** It is known who may be sent events now; while it is not, nobody is. */
  boolean isOpen();
}
