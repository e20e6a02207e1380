package dev.weft.bench.peers;

/** The Java systems by name. */
final class PeerSystems {

  private PeerSystems() {}

  static PeerSystem open(String name, int threads) {
    return switch (name) {
      case "weft" -> new WeftSystem(threads);
      case "plain" -> new PlainSystem();
      case "stream" -> new StreamSystem(threads);
      case "nd4j" -> new Nd4jSystem(threads);
      default -> throw new UnsupportedOperationException("this worker has no system named " + name);
    };
  }
}
