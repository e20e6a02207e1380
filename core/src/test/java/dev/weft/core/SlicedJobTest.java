package dev.weft.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.core.error.DeviceException;
import dev.weft.core.error.UsageException;
import dev.weft.core.slice.ChunkExchange;
import dev.weft.core.slice.StageSlices;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Jobs that run in slices: how they are cut, and what is refused. */
class SlicedJobTest {
  private static final SessionConfig CONFIG =
      SessionConfig.defaults().withDevice("reference").withMemoryLimit(1L << 26);

  /** An exchange that has lost everything. */
  private static final ChunkExchange EMPTY =
      new ChunkExchange() {
        @Override
        public void get(int array, long chunk, MemorySegment target) throws IOException {
          throw new IOException("the folder is gone");
        }

        @Override
        public void put(int array, long chunk, MemorySegment bytes) throws IOException {
          throw new IOException("the disk is full");
        }
      };

  private static SlicedJob job(Session session, NDArray array) {
    return SlicedJob.of(session, List.of(array), List.of(new HostArrayTarget()), 1L << 26);
  }

  @Test
  void eachTaskIsInOneSliceAndTasksThatGoOnFromEachOtherInTheSame() {
    try (Session session = Session.open(CONFIG)) {
      NDArray x = session.ones(12, 20).rechunk(3, 4);
      for (NDArray array : List.of(x.add(1), x.cumsum(0), x.cumsum(1), x.rechunk(12, 2).sum())) {
        SlicedJob job = job(session, array);
        for (int stage : job.stages()) {
          for (int slices = 1; slices < 9; slices++) {
            requireWhole(job, stage, slices);
          }
        }
      }
      SlicedJob sums = job(session, x.cumsum(0));
      int last = sums.stages().getLast();
      assertThat(sums.slices(last).isChained()).isTrue();
      assertThat(sums.slices(last).most()).isEqualTo(5);
      assertThat(sums.slices(last).tasks(1, 5)).containsExactly(1, 6, 11, 16);
    }
  }

  private static void requireWhole(SlicedJob job, int stage, int slices) {
    StageSlices cut = job.slices(stage);
    List<Long> all = new ArrayList<>();
    for (int slice = 0; slice < slices; slice++) {
      TreeSet<Long> own = new TreeSet<>();
      TreeSet<String> made = new TreeSet<>();
      for (long task : cut.tasks(slice, slices)) {
        assertThat(cut.slice(task, slices)).isEqualTo(slice);
        own.add(task);
        job.writes(stage, task, (array, chunk) -> made.add(array + "/" + chunk));
      }
      int of = slice;
      for (long task : own) {
        job.reads(
            stage,
            task,
            (array, chunk) -> {
              if (isMade(job, stage, array, chunk)) {
                assertThat(made).as("slice %d of %d", of, slices).contains(array + "/" + chunk);
              }
            });
      }
      all.addAll(own);
    }
    assertThat(all).doesNotHaveDuplicates().hasSize((int) job.tasks(stage));
  }

  private static boolean isMade(SlicedJob job, int stage, int array, long chunk) {
    boolean[] made = new boolean[1];
    for (long task = 0; task < job.tasks(stage); task++) {
      job.writes(stage, task, (a, c) -> made[0] |= a == array && c == chunk);
    }
    return made[0];
  }

  @Test
  void fingerprintsAreThoseOfThePlan() {
    try (Session session = Session.open(CONFIG);
        Session other = Session.open(CONFIG)) {
      String plan = job(session, session.ones(10).rechunk(5).add(1).sum()).fingerprint();
      assertThat(plan).matches("[0-9a-f]{64}");
      assertThat(job(other, other.ones(10).rechunk(5).add(1).sum()).fingerprint()).isEqualTo(plan);
      assertThat(job(other, other.ones(10).rechunk(5).add(2).sum()).fingerprint())
          .isNotEqualTo(plan);
      assertThat(job(other, other.ones(10).rechunk(4).add(1).sum()).fingerprint())
          .isNotEqualTo(plan);
    }
  }

  @Test
  void whatOnlyOneProcessHasIsRefused() {
    try (Session session = Session.open(CONFIG)) {
      NDArray kept = session.ones(4).add(1).persist();
      assertThatThrownBy(() -> job(session, kept.add(1)))
          .isInstanceOf(UsageException.class)
          .hasMessage(
              "the job cannot run in slices: it reads an array that this process has persisted (float64 (4,)). Leave persist() away, or write the array to a file");
      NDArray mapped = session.ones(4).map(value -> value + Math.random());
      assertThatThrownBy(() -> job(session, mapped))
          .isInstanceOf(UsageException.class)
          .hasMessageContaining(
              "may give other results each time it is called. Compute it first, and write it to a file");
    }
  }

  @Test
  void failuresSayWhichTaskAndChunk() {
    try (Session session = Session.open(CONFIG)) {
      SlicedJob job = job(session, session.ones(8).rechunk(4).sum());
      int first = job.stages().getFirst();
      int last = job.stages().getLast();
      assertThatThrownBy(() -> job.run(first, new long[] {1}, EMPTY))
          .isInstanceOf(DeviceException.class)
          .hasMessageMatching(
              "'.*', chunk 1 of 2 .*: chunk 1 of '.*' cannot be left: the disk is full");
      assertThatThrownBy(() -> job.run(last, new long[] {0}, EMPTY))
          .isInstanceOf(DeviceException.class)
          .hasMessageMatching(
              "'.*', chunk 0 of 1 .*: chunk 0 of '.*' cannot be read: the folder is gone");
      assertThatThrownBy(() -> job.finish(List.of(new HostArrayTarget()), EMPTY))
          .isInstanceOf(DeviceException.class)
          .hasMessageContaining("the folder is gone");
      assertThat(session.memory().live()).isZero();
    }
  }
}
