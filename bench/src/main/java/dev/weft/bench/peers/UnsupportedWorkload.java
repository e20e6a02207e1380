package dev.weft.bench.peers;

/** The system cannot express a workload; the message says why. */
final class UnsupportedWorkload extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UnsupportedWorkload(String reason) {
    super(reason);
  }
}
