package chat.starling.bench;

import chat.starling.bench.servers.BenchServers;
import chat.starling.devstack.ProjectTree;
import chat.starling.devstack.StackOptions;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Callable;

/** A benchmark as a command: starts the servers, measures, writes the report, ends the servers. */
abstract class Bench implements Callable<Integer> {

  private final String name;

  Bench(String name) {
    this.name = name;
  }

  /** The options as they count, for the report. */
  abstract Map<String, Object> options();

  /** What the servers are started with, on top of what tests start them with. */
  StackOptions stack(StackOptions options) {
    return options;
  }

  /** Measures; the last line of the report is the one that machines read. */
  abstract void measure(BenchServers servers, Report report);

  @Override
  public final Integer call() {
    var report = new Report(System.out, name, InstantSource.system().instant(), options());
    report.progress("starting the servers, each a process of its own");
    try (BenchServers servers = BenchServers.start(this::stack, report::progress)) {
      measure(servers, report);
    }
    report.write(ProjectTree.find().root().resolve("bench").resolve("results"));
    return 0;
  }
}
