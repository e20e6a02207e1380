package dev.weft.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.ChunkSpec;
import dev.weft.core.NDArray;
import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import dev.weft.core.dtype.DType;
import dev.weft.core.optimize.Notation;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PlannedTasksTest {
  private final Session session =
      Session.open(SessionConfig.defaults().withDevice("reference").withMemoryLimit(1L << 26));

  @AfterEach
  void close() {
    session.close();
  }

  /**
   * A chunk of rows of the transposed table comes from all chunks, and the same rows of the table
   * itself from one of them, which is visited once.
   */
  @Test
  void everyItemThatATaskReadsIsVisitedOnce() {
    int chunks = 100;
    NDArray x =
        session.array(Notation.source("x", DType.FLOAT64, chunks, chunks), ChunkSpec.of(1, chunks));
    PlannedTasks tasks = new PlannedTasks(Plans.of(x.transpose().rechunk(1, chunks).add(x)), true);
    int most = 0;
    for (int task = 0; task < tasks.tasks(); task++) {
      List<Integer> reads = new ArrayList<>();
      tasks.reads(task, reads::add);
      assertThat(reads).as("task %d", task).doesNotHaveDuplicates();
      most = Math.max(most, reads.size());
    }
    assertThat(most).isEqualTo(chunks);
  }
}
