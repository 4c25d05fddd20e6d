package chat.starling.client.protocol;

import chat.starling.api.v1.ClientFrame;
import chat.starling.api.v1.Resume;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Keeps what a session writes; the test plays the server. */
final class ScriptedWire implements Wire {
  final List<ClientFrame> frames = new ArrayList<>();
  final List<Resume> hellos = new ArrayList<>();
  int helloRef;
  boolean newToken;
  boolean open;

  List<ClientFrame> frames(ClientFrame.FrameCase kind) {
    return frames.stream()
        .filter(frame -> frame.getFrameCase() == kind)
        .collect(Collectors.toList());
  }

  ClientFrame last(ClientFrame.FrameCase kind) {
    List<ClientFrame> of = frames(kind);
    if (of.isEmpty()) {
      throw new AssertionError("no " + kind + " in " + frames);
    }
    return of.get(of.size() - 1);
  }

  Resume lastHello() {
    return hellos.get(hellos.size() - 1);
  }

  @Override
  public void open(int ref, Resume resume, boolean renew) {
    hellos.add(resume);
    helloRef = ref;
    newToken = renew;
    open = true;
  }

  @Override
  public void write(ClientFrame frame) {
    frames.add(frame);
  }

  @Override
  public void drop() {
    open = false;
  }
}
