package chat.starling.channel.owner;

/** The acts that wait for one feed. */
interface Acts {

  /** Those of a feed that is no workspace's. */
  Acts NONE =
      new Acts() {
        @Override
        public void add(WaitingAct act) {
          throw new IllegalArgumentException("an act on a feed that is no workspace's");
        }

        @Override
        public void advance() {}

        @Override
        public boolean isEmpty() {
          return true;
        }

        @Override
        public long known() {
          return 0;
        }

        @Override
        public void refuseWaiting() {}

        @Override
        public void lose() {}
      };

  /** Takes an act; it is answered now or later. */
  void add(WaitingAct act);

  /** Goes on, as far as feed and rows are: something may have happened to them. */
  void advance();

  /** Whether none waits. */
  boolean isEmpty();

  /** The last event that others may know of: all before it have been answered. */
  long known();

  /** Takes no act any more: those that are not decided are another server's. */
  void refuseWaiting();

  /** The feed is another server's. What became an event may be done there, or not. */
  void lose();
}
