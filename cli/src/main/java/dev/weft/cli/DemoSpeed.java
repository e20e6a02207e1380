package dev.weft.cli;

import static dev.weft.cli.DemoCommand.print;

import dev.weft.core.NDArray;
import dev.weft.core.RandomArrays;
import dev.weft.core.Session;
import dev.weft.core.error.InternalException;
import java.io.PrintStream;
import java.util.Locale;

/** The second half of the demo: one fused job over many numbers, checked and timed. */
final class DemoSpeed {
  private static final long ELEMENTS = 20_000_000;
  private static final int BYTES_PER_ELEMENT = 16;
  private static final int REPETITIONS = 5;

  /** Mean distance of a point of the unit square from its corner. */
  private static final double EXPECTED = (Math.sqrt(2) + Math.log(1 + Math.sqrt(2))) / 3;

  /** Six standard errors of the mean of that many distances, whose mean square is 2/3. */
  private static final double TOLERANCE = 6 * Math.sqrt((2.0 / 3 - EXPECTED * EXPECTED) / ELEMENTS);

  private final Session session;
  private final PrintStream out;

  DemoSpeed(Session session, PrintStream out) {
    this.session = session;
    this.out = out;
  }

  void run() {
    out.println();
    print(out, "mean(sqrt(x**2 + y**2)) of %,d random points of the unit square:", ELEMENTS);
    out.println();
    long begun = System.nanoTime();
    RandomArrays random = session.random(2016);
    NDArray x = random.uniform(ELEMENTS).persist();
    NDArray y = random.uniform(ELEMENTS).persist();
    speed("drawing 2 x " + ELEMENTS / 1_000_000 + " million", begun, 2 * ELEMENTS, 0);
    NDArray mean = x.square().add(y.square()).sqrt().mean();
    begun = System.nanoTime();
    double value = mean.toDouble();
    speed("first run, compiling", begun, ELEMENTS, BYTES_PER_ELEMENT * ELEMENTS);
    begun = System.nanoTime();
    for (int i = 0; i < REPETITIONS; i++) {
      value = mean.toDouble();
    }
    long each = begun + (System.nanoTime() - begun) / REPETITIONS * (REPETITIONS - 1);
    speed("later runs", each, ELEMENTS, BYTES_PER_ELEMENT * ELEMENTS);
    if (Math.abs(value - EXPECTED) > TOLERANCE) {
      throw new InternalException(
          "the mean is %s; expected %s within %s".formatted(value, EXPECTED, TOLERANCE));
    }
    print(
        out,
        "result %.6f; expected (sqrt(2) + log(1 + sqrt(2))) / 3 = %.6f, within %.6f: right",
        value,
        EXPECTED,
        TOLERANCE);
    out.println("One kernel reads x and y once; no intermediate array is made.");
  }

  private void speed(String what, long begun, long elements, long bytes) {
    double seconds = (System.nanoTime() - begun) * 1e-9;
    String read =
        bytes == 0 ? "" : String.format(Locale.ROOT, "  %6.1f GB/s", bytes / seconds * 1e-9);
    print(
        out,
        "%-24s %8.1f ms  %7.0f million/s%s",
        what,
        seconds * 1e3,
        elements / seconds * 1e-6,
        read);
  }
}
