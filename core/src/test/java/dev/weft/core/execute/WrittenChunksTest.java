package dev.weft.core.execute;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.core.NDArray;
import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import dev.weft.core.error.InternalException;
import dev.weft.core.fuse.ArrayDef;
import dev.weft.core.memory.DeviceGroup;
import dev.weft.core.memory.HeldMemory;
import dev.weft.core.memory.JobMemory;
import dev.weft.core.memory.OpenTargets;
import dev.weft.core.memory.WrittenChunks;
import dev.weft.core.place.DefaultRates;
import dev.weft.core.plan.Plan;
import dev.weft.core.plan.Plans;
import dev.weft.core.reference.ReferenceDevice;
import dev.weft.core.spill.SpillDevice;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a plan forgets to write is noticed before it becomes zeros somewhere. */
class WrittenChunksTest {
  private final Session session =
      Session.open(SessionConfig.defaults().withDevice("reference").withMemoryLimit(1L << 26));

  @AfterEach
  void close() {
    session.close();
  }

  private Plan plan() {
    NDArray x = session.arange(10).rechunk(4);
    return Plans.of(x.add(1L), x.multiply(3L));
  }

  @Test
  void everyChunkOfEveryResultIsNeeded() {
    Plan plan = plan();
    WrittenChunks written = new WrittenChunks(plan);
    List<ArrayDef> results = plan.graph().results();
    for (int chunk = 0; chunk < 3; chunk++) {
      written.add(results.get(0), chunk);
    }
    written.add(results.get(1), 0);
    written.add(results.get(1), 2);
    written.add(results.get(1), 2);
    assertThatThrownBy(written::requireAll)
        .isInstanceOf(InternalException.class)
        .hasMessage(
            "result 1, int64 (10,), is not complete: 1 of its 3 chunks were never written, the first of them [4:8]; nothing was handed over");
    written.add(results.get(1), 1);
    assertThatCode(written::requireAll).doesNotThrowAnyException();
  }

  @Test
  void resultsOfOneArrayAreRefused() {
    Plan plan = plan();
    OpenTargets targets =
        new OpenTargets(List.of(), plan.graph().results(), (stage, chunk, attempt, reason) -> {});
    DeviceGroup devices = DeviceGroup.of(List.of(new ReferenceDevice(1 << 20)), new DefaultRates());
    try (SpillDevice disk = new SpillDevice(Path.of("unused"))) {
      JobMemory memory = new JobMemory(new HeldMemory(devices, disk), plan, targets);
      ArrayDef result = plan.graph().results().getFirst();
      MemorySegment place = MemorySegment.NULL;
      memory.place(result, place);
      assertThatThrownBy(() -> memory.place(result, place))
          .isInstanceOf(InternalException.class)
          .hasMessageStartingWith("two results are to be written to one array, add");
    }
    devices.close();
  }
}
