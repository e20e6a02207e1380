package dev.weft.bench.peers;

import dev.weft.bench.npbench.NpbenchPrograms;
import dev.weft.testkit.workload.Workloads;

/** The Java systems by name. */
final class PeerSystems {

  private PeerSystems() {}

  static PeerSystem open(String name, int threads) {
    return switch (name) {
      case "weft" ->
          new WeftSystem(
              threads,
              (session, workload, n, arrays) ->
                  session.compute(new Workloads(arrays).results(workload)));
      case "npbench" ->
          new WeftSystem(
              threads,
              (session, workload, n, arrays) ->
                  new NpbenchPrograms(session, arrays).run(workload, n));
      case "plain" -> new PlainSystem();
      case "stream" -> new StreamSystem(threads);
      case "nd4j" -> new Nd4jSystem(threads);
      case "ejml" -> new EjmlSystem(threads);
      case "ojalgo" -> new OjalgoSystem(threads);
      case "commons-math" -> new CommonsMathSystem();
      default -> throw new UnsupportedOperationException("this worker has no system named " + name);
    };
  }
}
