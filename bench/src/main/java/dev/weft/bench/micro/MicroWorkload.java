package dev.weft.bench.micro;

import dev.weft.core.NDArray;
import dev.weft.testkit.workload.Workloads;
import java.util.List;
import java.util.Locale;

/** A workload written twice: in the public API, and by hand for both element types. */
public enum MicroWorkload {
  /** sum(sqrt(x² + y²)). */
  SUM_SQRT(2, 0, Loops64::sumSqrt, Loops32::sumSqrt),
  /** exp(-x²)·sin(y) + 1. */
  EXP_SIN(2, 1, Loops64::expSin, Loops32::expSin),
  /** Prices of a call and a put. */
  BLACK_SCHOLES(3, 2, Loops64::blackScholes, Loops32::blackScholes),
  /** x + y. */
  ADD(2, 1, Loops64::add, Loops32::add),
  /** sum(x). */
  SUM(1, 0, Loops64::sum, Loops32::sum),
  /** Horner's form, degree 8. */
  POLY8(1, 1, Loops64::poly8, Loops32::poly8),
  /** where((x > 0) and (y < 1), 2x, y - 1). */
  WHERE_MIX(2, 1, Loops64::whereMix, Loops32::whereMix);

  private final int inputs;
  private final int outputs;
  private final HandLoop loop64;
  private final HandLoop loop32;

  MicroWorkload(int inputs, int outputs, HandLoop loop64, HandLoop loop32) {
    this.inputs = inputs;
    this.outputs = outputs;
    this.loop64 = loop64;
    this.loop32 = loop32;
  }

  /** Arrays read. */
  public int inputs() {
    return inputs;
  }

  /** Arrays written; 0 for a sum. */
  public int outputs() {
    return outputs;
  }

  /** The loop for elements of so many bits. */
  public HandLoop loop(int bits) {
    return bits == 64 ? loop64 : loop32;
  }

  /** The lazy results in the public API; inputs in the order of the hand-written loop. */
  public List<NDArray> results(List<NDArray> in) {
    List<String> names = this == BLACK_SCHOLES ? List.of("s", "k", "t") : List.of("x", "y");
    return new Workloads(name -> in.get(names.indexOf(name)))
        .results(name().toLowerCase(Locale.ROOT));
  }
}
