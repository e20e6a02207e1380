package dev.weft.cpu.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.NDArray;
import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import dev.weft.testkit.Golden;
import org.junit.jupiter.api.Test;

/** What the CPU device makes of a row program, and how explain shows it. */
final class RowProgramTest {
  private static NDArray softmax(Session session) {
    NDArray x = session.array(new double[60]).reshape(6, 10).rechunk(2, -1);
    NDArray e = x.subtract(x.max(1).expandDims(1)).exp();
    return e.divide(e.sum(1).expandDims(1));
  }

  private static String explanation(String device) {
    SessionConfig config =
        SessionConfig.defaults()
            .withDevice(device)
            .withThreads(1)
            .withVectors(false)
            .withMemoryLimit(1 << 20)
            .withChunkBytes(1 << 16);
    try (Session session = Session.open(config)) {
      String text = softmax(session).explain();
      return text.substring(text.indexOf("stages ("));
    }
  }

  @Test
  void explainShowsTheStepsOfAProgram() {
    String text = explanation("reference").replaceAll("planned in [0-9.]+ ms", "planned in # ms");
    Golden.check("src/test/resources/golden/explain-rows.txt", text);
  }

  @Test
  void whatSeveralStepsComputeIsComputedOnce() {
    String text = explanation("cpu");
    String code = text.substring(text.indexOf("generated for cpu"));
    assertThat(code).contains("what several steps compute is kept").contains("kept row 2");
    String loops = code.substring(code.indexOf("for (int i"));
    assertThat(loops.split("exp\\(", -1)).as(loops).hasSize(2);
  }
}
