package dev.weft.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.core.dtype.DType;
import dev.weft.core.error.UsageException;
import dev.weft.core.shape.Shape;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The user's code over lines, and over chunks with their neighbours. */
class BlockMethodsTest {
  private final Session session = Session.open(SessionConfig.defaults().withDevice("reference"));

  @AfterEach
  void close() {
    session.close();
  }

  private static double[] values(NDArray x) {
    try (HostArray computed = x.compute()) {
      return computed.toDoubleArray();
    }
  }

  private static void refused(ThrowingCallable call, String message) {
    assertThatThrownBy(call).isInstanceOf(UsageException.class).hasMessageStartingWith(message);
  }

  @Test
  void linesOfEveryAxis() {
    NDArray x = session.arange(24).reshape(2, 3, 4).rechunk(1, 2, 3);
    UserFunctions.OfLine running =
        (line, result) -> {
          result[0] = line[0];
          result[1] = Arrays.stream(line).sum();
        };
    for (int axis = 0; axis < 3; axis++) {
      NDArray found = x.applyAlongAxis(axis, 2, running);
      NDArray first = x.moveaxis(axis, 0).slice(Index.at(0));
      NDArray expected = session.stack(axis, first, x.sum(axis));
      assertThat(found.shape()).isEqualTo(expected.shape());
      assertThat(values(found)).isEqualTo(values(expected));
    }
    refused(() -> x.applyAlongAxis(3, 1, running), "apply_along_axis: axis 3 is out of range");
    refused(() -> x.applyAlongAxis(0, -1, running), "apply_along_axis: lines of -1 elements");
  }

  @Test
  void chunksGoOnIntoTheirNeighbours() {
    NDArray x = session.arange(42).reshape(6, 7).cast(DType.FLOAT64).square();
    ConcurrentLinkedQueue<List<Long>> seen = new ConcurrentLinkedQueue<>();
    UserFunctions.OfChunk cross =
        (region, inputs, output) -> {
          seen.add(List.of(region.start()[0], region.start()[1]));
          HostArray in = inputs.getFirst();
          Shape own = output.shape();
          for (long i = 0; i < own.extent(0); i++) {
            for (long j = 0; j < own.extent(1); j++) {
              double sum = in.getDouble(i, j + 2) + in.getDouble(i + 2, j + 2);
              double value = sum + in.getDouble(i + 1, j) - in.getDouble(i + 1, j + 4);
              output
                  .segment()
                  .setAtIndex(ValueLayout.JAVA_DOUBLE_UNALIGNED, i * own.extent(1) + j, value);
            }
          }
        };
    int[] depth = {1, 2};
    NDArray wide = x.pad(Pad.wrap(), new long[][] {{1, 1}, {2, 2}});
    NDArray expected =
        wide.slice(":-2, 2:-2")
            .add(wide.slice("2:, 2:-2"))
            .add(wide.slice("1:-1, :-4"))
            .subtract(wide.slice("1:-1, 4:"));
    NDArray found = x.rechunk(4, 3).mapOverlap(DType.FLOAT64, depth, Pad.wrap(), cross);
    assertThat(values(found)).isEqualTo(values(expected));
    assertThat(seen)
        .containsExactlyInAnyOrder(
            List.of(0L, 0L),
            List.of(0L, 3L),
            List.of(0L, 6L),
            List.of(4L, 0L),
            List.of(4L, 3L),
            List.of(4L, 6L));
    refused(
        () -> x.mapOverlap(DType.FLOAT64, new int[] {1}, Pad.edge(), cross),
        "map_overlap: depths [1] of shape (6, 7); use one of 0 or more for each axis");
  }
}
