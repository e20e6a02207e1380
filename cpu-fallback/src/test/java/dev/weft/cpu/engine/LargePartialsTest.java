package dev.weft.cpu.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.HostArray;
import dev.weft.core.NDArray;
import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import dev.weft.core.dtype.DType;
import org.junit.jupiter.api.Test;

/**
 * A stack of 40 fields, each a chunk, whose deviation over the stack has partial results of 12 MB:
 * all that once were joined together took 384 MB.
 */
final class LargePartialsTest {
  private static final long LIMIT = 128 << 20;

  @Test
  void aFewLargePartialResultsAreJoinedAtATime() {
    SessionConfig config = SessionConfig.defaults().withDevice("cpu").withThreads(2);
    try (Session roomy = Session.open(config);
        Session small = Session.open(config.withMemoryLimit(LIMIT));
        HostArray expected = deviation(roomy).compute();
        HostArray found = deviation(small).compute()) {
      assertThat(found.toFloatArray()).isEqualTo(expected.toFloatArray());
      assertThat(small.memory().peak()).isLessThanOrEqualTo(LIMIT);
    }
  }

  private static NDArray deviation(Session session) {
    NDArray stack = session.random(1).uniform(DType.FLOAT32, 40, 500_000);
    return stack.rechunk(1, -1).std(0);
  }
}
