package dev.weft.cli.language;

import dev.weft.cli.language.Value.Array;
import dev.weft.core.MovingMethods.Overlap;
import dev.weft.core.NDArray;
import dev.weft.core.Session;
import dev.weft.core.error.UsageException;
import java.util.List;
import java.util.Locale;

/** Functions of elements and their neighbours, windows of signals, and polynomials. */
final class MovingFunctions {
  static final List<String> ROWS =
      List.of(
          "moving_sum(x, window, axis=-1): sums of all windows along an axis, or of several",
          "moving_mean(x, window, axis=-1): means of all windows",
          "moving_min(x, window, axis=-1): smallest of all windows",
          "moving_max(x, window, axis=-1): largest of all windows",
          "sliding_window_view(x, window_shape, axis=None): all windows, as new last axes",
          "convolve(a, v, mode='full'): sums of products with a vector turned round",
          "correlate(a, v, mode='valid'): sums of products with a vector",
          "convolve2d(a, v, mode='full'): the same of matrices",
          "correlate2d(a, v, mode='full'): the same of matrices",
          "polyfit(x, y, deg): coefficients of falling powers of the polynomial nearest to points",
          "interp(x, xp, fp): values at x of the lines through the points (xp, fp)",
          "polyval(p, x): polynomial with coefficients of falling powers",
          "bartlett(M): triangular window",
          "blackman(M): window of cosines",
          "hamming(M): window of a raised cosine",
          "hanning(M): window of a raised cosine, 0 at both ends",
          "kaiser(M, beta): window of Bessel functions");

  private MovingFunctions() {}

  static Value apply(Call call) {
    return new Array(compute(call));
  }

  private static NDArray compute(Call call) {
    Session session = call.session();
    return switch (call.name()) {
      case "moving_sum", "moving_mean", "moving_min", "moving_max" -> moving(call);
      case "sliding_window_view" -> windows(call);
      case "convolve" -> convolve(call);
      case "correlate" -> correlate(call);
      case "convolve2d" -> matrix(call, "a").convolve(matrix(call, "v"), mode(call, "full"));
      case "correlate2d" -> matrix(call, "a").correlate(matrix(call, "v"), mode(call, "full"));
      case "polyfit" -> call.array("x").polyfit(call.array("y"), call.integer("deg"));
      case "interp" -> call.array("x").interp(call.array("xp"), call.array("fp"));
      case "polyval" -> call.array("x").polyval(call.array("p"));
      case "bartlett" -> session.bartlett(call.integer("M"));
      case "blackman" -> session.blackman(call.integer("M"));
      case "hamming" -> session.hamming(call.integer("M"));
      case "hanning" -> session.hanning(call.integer("M"));
      case "kaiser" -> session.kaiser(call.integer("M"), call.number("beta", 0));
      default -> throw new IllegalStateException(call.name() + " has no case");
    };
  }

  private static NDArray moving(Call call) {
    NDArray x = call.array("x");
    long[] windows = call.extents("window");
    int[] axes = call.has("axis") ? call.axes("axis") : new int[] {-1};
    requireAsMany(call, windows, axes);
    for (int i = 0; i < axes.length; i++) {
      x =
          switch (call.name()) {
            case "moving_sum" -> x.movingSum(windows[i], axes[i]);
            case "moving_mean" -> x.movingMean(windows[i], axes[i]);
            case "moving_min" -> x.movingMin(windows[i], axes[i]);
            default -> x.movingMax(windows[i], axes[i]);
          };
    }
    return x;
  }

  private static void requireAsMany(Call call, long[] windows, int[] axes) {
    if (windows.length != axes.length) {
      throw new UsageException(
          "%s: %d windows for %d axes; give one for each"
              .formatted(call.name(), windows.length, axes.length));
    }
  }

  private static NDArray windows(Call call) {
    NDArray x = call.array("x");
    long[] windows = call.extents("window_shape");
    int[] axes = call.has("axis") ? call.axes("axis") : new int[x.rank()];
    for (int i = 0; i < axes.length; i++) {
      axes[i] = call.has("axis") ? x.shape().axis(call.name(), axes[i]) : i;
    }
    requireAsMany(call, windows, axes);
    for (int i = 0; i < axes.length; i++) {
      x = x.slidingWindowView(windows[i], axes[i]);
    }
    return x;
  }

  private static Overlap mode(Call call, String byDefault) {
    String mode = call.word("mode", byDefault);
    return switch (mode) {
      case "full", "same", "valid" -> Overlap.valueOf(mode.toUpperCase(Locale.ROOT));
      default -> throw call.wrong("mode", "'full', 'same' or 'valid'");
    };
  }

  private static NDArray vector(Call call, String parameter) {
    NDArray array = call.array(parameter);
    if (array.rank() > 1) {
      throw call.wrong(parameter, "a vector");
    }
    return array.ravel();
  }

  private static NDArray matrix(Call call, String parameter) {
    NDArray array = call.array(parameter);
    if (array.rank() != 2) {
      throw call.wrong(parameter, "a matrix");
    }
    return array;
  }

  /** The longer one is the first, as in NumPy. */
  private static NDArray convolve(Call call) {
    NDArray a = vector(call, "a");
    NDArray v = vector(call, "v");
    return v.size() > a.size()
        ? v.convolve(a, mode(call, "full"))
        : a.convolve(v, mode(call, "full"));
  }

  /** Of a longer second one what is turned round is turned back. */
  private static NDArray correlate(Call call) {
    NDArray a = vector(call, "a");
    NDArray v = vector(call, "v");
    return v.size() > a.size()
        ? v.correlate(a, mode(call, "valid")).flip(0).conj()
        : a.correlate(v, mode(call, "valid"));
  }
}
