package chat.starling.cli;

import java.util.List;
import java.util.function.Supplier;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/** Completes commands, and channel names after {@code /join}. */
record ChatCompleter(Supplier<List<String>> channelNames) implements Completer {
  @Override
  public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
    if (line.wordIndex() == 0 && line.word().startsWith("/")) {
      ChatLine.COMMANDS.forEach(command -> candidates.add(new Candidate(command)));
    } else if (line.wordIndex() == 1 && line.words().getFirst().equals("/join")) {
      channelNames.get().forEach(name -> candidates.add(new Candidate(name)));
    }
  }
}
