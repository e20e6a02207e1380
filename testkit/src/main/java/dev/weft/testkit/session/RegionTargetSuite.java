package dev.weft.testkit.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.core.ChunkSpec;
import dev.weft.core.NDArray;
import dev.weft.core.Session;
import dev.weft.core.dtype.DType;
import dev.weft.core.error.DeviceException;
import dev.weft.core.error.JobFailedException;
import dev.weft.core.error.UsageException;
import dev.weft.core.expr.ArrayTarget;
import dev.weft.core.shape.Chunks;
import dev.weft.core.shape.Region;
import dev.weft.core.shape.Shape;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Results that go to their targets chunk by chunk. */
@Timeout(60)
public abstract class RegionTargetSuite extends SessionSuite {

  private static double[] numbers(int count) {
    return IntStream.range(0, count).asDoubleStream().toArray();
  }

  private static double[] numbers(int count, double factor) {
    return DoubleStream.of(numbers(count)).map(value -> factor * value).toArray();
  }

  private void assertWritten(NDArray array, double... values) {
    RegionTarget target = new RegionTarget();
    array.computeTo(target);
    assertThat(target.calls()).containsExactly("open", "commit");
    assertThat(target.values()).containsExactly(values);
    assertNothingInUse();
  }

  @Test
  void everyChunkComesOnce() {
    NDArray x = session.array(new RecordingSource(7, 10), ChunkSpec.of(2, 4)).multiply(2.0);
    RegionTarget target = new RegionTarget();
    x.computeTo(target);
    assertThat(target.calls()).containsExactly("open", "commit");
    assertThat(target.values()).containsExactly(numbers(70, 2));
    List<Region> chunks = new ArrayList<>();
    for (long chunk = 0; chunk < x.chunks().count(); chunk++) {
      chunks.add(x.chunks().region(chunk));
    }
    assertThat(target.regions()).containsExactlyInAnyOrderElementsOf(chunks);
    assertThat(target.threads()).containsOnly("weft write");
  }

  @Test
  void whatATargetHasIsNotComputed() {
    AtomicLong computed = new AtomicLong();
    NDArray x =
        session
            .array(new RecordingSource(7, 10), ChunkSpec.of(2, 4))
            .map(
                value -> {
                  computed.incrementAndGet();
                  return 2 * value;
                });
    RegionTarget half = having(4);
    x.computeTo(half);
    assertThat(half.calls()).containsExactly("open", "commit");
    assertThat(half.regions()).hasSize(6).allMatch(region -> region.start()[0] >= 4);
    assertThat(computed).hasValue(30);
    RegionTarget all = having(7);
    x.computeTo(all);
    assertThat(all.calls()).containsExactly("open", "commit");
    assertThat(all.regions()).isEmpty();
    assertThat(computed).hasValue(30);
    assertNothingInUse();
  }

  /** A target that has the first rows. */
  private static RegionTarget having(int rows) {
    return new RegionTarget() {
      @Override
      public boolean has(Region region) {
        return region.start()[0] + region.extents()[0] <= rows;
      }
    };
  }

  @Test
  void whateverMakesThem() {
    NDArray x = session.array(new RecordingSource(3, 4), ChunkSpec.of(2, 3));
    assertWritten(x, numbers(12));
    assertWritten(session.array(numbers(12)).rechunk(5), numbers(12));
    assertWritten(x.sum(0), 12, 15, 18, 21);
    assertWritten(x.sum(), 66);
    assertWritten(x.cumsum(1), 0, 1, 3, 6, 4, 9, 15, 22, 8, 17, 27, 38);
    assertWritten(session.eye(3).rechunk(2).matmul(x), numbers(12));
    assertWritten(x.map(value -> 2 * value), numbers(12, 2));
    assertWritten(x.take(new long[] {2, 0}, 0), 8, 9, 10, 11, 0, 1, 2, 3);
    assertWritten(x.t().slice("::2"), 0, 4, 8, 2, 6, 10);
    assertWritten(x.multiply(2.0).reshape(12), numbers(12, 2));
    assertWritten(session.concatenate(0, x, x.add(12.0)), numbers(24));
    assertWritten(session.scalar(7.0), 7);
    assertWritten(session.zeros(3, 0));
  }

  @Test
  void oneJobHasTargetsOfBothKinds() {
    NDArray y = session.array(new RecordingSource(3, 4), ChunkSpec.of(2, 3)).multiply(2.0);
    RegionTarget first = new RegionTarget();
    RegionTarget second = new RegionTarget();
    RegionTarget flat = new RegionTarget();
    RegionTarget sum = new RegionTarget();
    RecordingTarget whole = new RecordingTarget("");
    session.computeTo(
        List.of(y, y, y.reshape(12), y.sum(), y), List.of(first, whole, flat, sum, second));
    assertThat(sum.values()).containsExactly(132);
    for (double[] values :
        List.of(first.values(), second.values(), flat.values(), whole.values())) {
      assertThat(values).containsExactly(numbers(12, 2));
    }
  }

  /** 40 by 500 elements in chunks of 10 by 50: at 32 KiB, 8 of them fit together. */
  @Test
  void theChunksOfATargetAreWrittenWhole() {
    try (Session small = open(config().withChunkBytes(32 << 10))) {
      NDArray x = small.array(new RecordingSource(40, 500), ChunkSpec.of(7, 77)).multiply(2.0);
      RegionTarget target = new RegionTarget(Chunks.regular(Shape.of(40, 500), 10, 50));
      x.computeTo(target);
      assertThat(target.values()).isEqualTo(numbers(20_000, 2));
      assertThat(target.regions())
          .hasSize(8)
          .allMatch(region -> region.start()[0] % 10 == 0 && region.extents()[0] == 10)
          .allMatch(region -> region.start()[1] % 400 == 0);
      RegionTarget sums = new RegionTarget(Chunks.regular(Shape.of(40), 16));
      x.sum(1).computeTo(sums);
      assertThat(sums.regions()).containsExactly(Region.all(Shape.of(40)));
    }
  }

  /** The first write ends when a second one has begun. */
  @Test
  void severalAreWrittenAtTheSameTime() {
    CountDownLatch two = new CountDownLatch(2);
    RegionTarget target =
        new RegionTarget() {
          @Override
          protected void onWrite(Region region) throws InterruptedException {
            two.countDown();
            two.await();
          }
        };
    session.array(numbers(100)).rechunk(10).multiply(2.0).computeTo(target);
    assertThat(target.values()).containsExactly(numbers(100, 2));
  }

  @Test
  void resultsLargerThanTheMemoryAreWritten() {
    try (Session small = open(config().withMemoryLimit(1 << 20))) {
      RegionTarget target = new RegionTarget();
      small.arange(400_000).rechunk(8192).cast(DType.FLOAT64).computeTo(target);
      assertThat(target.values()).isEqualTo(numbers(400_000));
      assertThat(small.memory().peak()).isLessThan(400_000 * Double.BYTES);
    }
  }

  @Test
  void aWriteThatFailsEndsTheJob() {
    NDArray x = session.array(new RecordingSource(100), ChunkSpec.of(5));
    RecordingTarget other = new RecordingTarget("");
    RegionTarget target =
        new RegionTarget() {
          @Override
          protected void onWrite(Region region) throws IOException {
            if (region.start()[0] == 35) {
              throw new IOException("the store is full");
            }
          }
        };
    assertThatThrownBy(() -> session.computeTo(List.of(x, x.add(1.0)), List.of(target, other)))
        .isInstanceOf(JobFailedException.class)
        .hasMessageMatching(
            """
            job failed in 'write', chunk 7 of 20 \\[35:40\\]: result 0, float64 \\(100,\\), cannot be written: the store is full
              computing: recording and 1 more
              called at: RegionTargetSuite.java:\\d+
              attempts: 4""")
        .hasCauseInstanceOf(DeviceException.class)
        .hasRootCauseMessage("the store is full");
    assertThat(target.calls()).containsExactly("open", "abort");
    assertThat(other.calls()).containsExactly("open", "abort");
    assertNothingInUse();
  }

  @Test
  void aDefectOfATargetEndsTheJobToo() {
    ArrayTarget unable =
        new ArrayTarget() {
          @Override
          public boolean takesRegions() {
            return true;
          }

          @Override
          public MemorySegment open(DType dtype, Shape shape) {
            return MemorySegment.NULL;
          }

          @Override
          public void commit() {
            throw new IllegalStateException("not complete");
          }

          @Override
          public void abort() {}
        };
    assertThatThrownBy(() -> session.arange(3).computeTo(unable))
        .isInstanceOf(JobFailedException.class)
        .hasMessageContaining("says that it takes regions, but has no write method");
    assertNothingInUse();
  }

  @Test
  void memoryThatIsTooSmallIsRefused() {
    List<String> calls = new ArrayList<>();
    ArrayTarget small =
        new ArrayTarget() {
          @Override
          public MemorySegment open(DType dtype, Shape shape) {
            return Arena.ofAuto().allocate(16);
          }

          @Override
          public void commit() {
            calls.add("commit");
          }

          @Override
          public void abort() {
            calls.add("abort");
          }
        };
    assertThatThrownBy(() -> session.arange(3).computeTo(small))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith(
            "result 0, int64 (3,), cannot be written: its target gives 16 bytes of memory, but it needs 24;");
    assertThat(calls).containsExactly("abort");
  }

  @Test
  void chunksOfAnotherShapeAreRefused() {
    RegionTarget target = new RegionTarget(Chunks.regular(Shape.of(7), 2));
    assertThatThrownBy(() -> session.arange(8).computeTo(target))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith("computeTo: the target of result 0 has chunks [4*2] of shape (7,)");
    assertThat(target.calls()).isEmpty();
  }

  @Test
  void cancellingAbortsOnceNothingIsWrittenAnyMore() throws InterruptedException {
    CountDownLatch underWay = new CountDownLatch(1);
    RegionTarget target =
        new RegionTarget() {
          @Override
          protected void onWrite(Region region) throws InterruptedException {
            underWay.countDown();
            Thread.sleep(1);
          }
        };
    Session own = session;
    Thread canceller =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    underWay.await();
                    own.cancelAll();
                  } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                  }
                });
    NDArray many = session.arange(20_000).rechunk(1).cast(DType.FLOAT64);
    assertThatThrownBy(() -> many.computeTo(target)).isInstanceOf(CancellationException.class);
    canceller.join();
    assertThat(target.calls()).containsExactly("open", "abort");
    assertThat(target.regions().size()).isLessThan(20_000);
    assertThat(Arrays.stream(target.values()).filter(Double::isNaN).count()).isPositive();
    assertNothingInUse();
  }
}
