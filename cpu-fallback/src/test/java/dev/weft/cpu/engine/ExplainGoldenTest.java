package dev.weft.cpu.engine;

import dev.weft.core.ChunkSpec;
import dev.weft.core.NDArray;
import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import dev.weft.testkit.Golden;
import dev.weft.testkit.session.RecordingSource;
import org.junit.jupiter.api.Test;

/** The whole text of explain, on the device that is the same everywhere. */
final class ExplainGoldenTest {
  @Test
  void threeSteps() {
    try (Session session =
        Session.open(
            SessionConfig.defaults()
                .withDevice("reference")
                .withMemoryLimit(1 << 20)
                .withChunkBytes(1 << 16))) {
      NDArray x = session.array(new RecordingSource(1000, 20), ChunkSpec.of(100, 20));
      NDArray y = x.multiply(1.0).exp().slice("10:500").mean(1);
      String text = y.explain().replaceAll("planned in [0-9.]+ ms", "planned in # ms");
      Golden.check("src/test/resources/golden/explain.txt", text);
    }
  }
}
