package dev.weft.testkit.workload;

import dev.weft.core.Index;
import dev.weft.core.NDArray;
import dev.weft.core.error.UsageException;
import java.util.List;
import java.util.function.Function;

/**
 * Sorting, counting, convolutions and transforms, as {@code bench/peers/weft_peers/library.py} has
 * them for the others.
 */
public final class LibraryWorkloads {
  /** Their names. */
  public static final List<String> NAMES =
      List.of(
          "sort_axis1",
          "median_axis0",
          "histogram",
          "cumsum_axis1",
          "moving_mean",
          "conv5x5",
          "einsum_batch",
          "complex_exp",
          "fft");

  private static final int WINDOW = 32;
  private static final int BINS = 100;
  private static final int KERNEL = 5;

  private final Function<String, NDArray> arrays;

  LibraryWorkloads(Function<String, NDArray> arrays) {
    this.arrays = arrays;
  }

  List<NDArray> results(String workload) {
    return switch (workload) {
      case "sort_axis1" -> List.of(array("m").sort(1, false));
      case "median_axis0" -> List.of(array("m").median(0));
      case "histogram" -> List.of(array("x").histogram(BINS, -1.0, 2.0).cast(array("x").dtype()));
      case "cumsum_axis1" -> List.of(array("m").cumsum(1));
      case "moving_mean" -> List.of(movingMean(array("m")));
      case "conv5x5" -> List.of(convolved(array("q")));
      case "einsum_batch" ->
          List.of(array("left").session().einsum("bij,bjk->bik", array("left"), array("right")));
      case "complex_exp" -> parts(array("x").complex(array("y")).exp());
      case "fft" -> parts(signal(array("signal")).fft());
      default -> throw new UsageException("there is no workload '%s'".formatted(workload));
    };
  }

  private NDArray array(String name) {
    return arrays.apply(name);
  }

  private static List<NDArray> parts(NDArray z) {
    return List.of(z.real(), z.imag());
  }

  private static NDArray signal(NDArray pairs) {
    NDArray re = pairs.slice(Index.all(), Index.at(0));
    return re.complex(pairs.slice(Index.all(), Index.at(1)));
  }

  /** Of all windows but the first, as the others have it. */
  private static NDArray movingMean(NDArray m) {
    return m.movingMean(WINDOW, 1).slice(":, 1:");
  }

  private static NDArray convolved(NDArray q) {
    double[][] weights = new double[KERNEL][KERNEL];
    for (int i = 0; i < KERNEL; i++) {
      for (int j = 0; j < KERNEL; j++) {
        weights[i][j] = ((7 * i + 3 * j) % 11 - 5) / 10.0;
      }
    }
    return q.correlate(q.session().array(weights).cast(q.dtype()), NDArray.Overlap.VALID);
  }
}
