package dev.weft.core;

import java.util.Arrays;

/**
 * What stands around an array that is padded; NumPy's modes of {@code pad}. Numbers go for all
 * axes; {@link #each} gives every axis its own, before and after it.
 *
 * <pre>{@code
 * x.pad(Pad.constant(0), 1);                          // one zero on every side
 * x.pad(Pad.edge(), new long[][] {{0, 0}, {2, 1}});   // columns only
 * x.pad(Pad.reflect().odd(), 3);
 * x.pad(Pad.mean().over(4), 2);                       // of the four nearest elements
 * }</pre>
 */
public final class Pad {
  /** NumPy's modes. */
  enum Mode {
    CONSTANT,
    EDGE,
    LINEAR_RAMP,
    MAXIMUM,
    MEAN,
    MINIMUM,
    REFLECT,
    SYMMETRIC,
    WRAP,
    EMPTY
  }

  final Mode mode;

  /** Before and after each axis, or one pair for all axes. */
  private final double[][] numbers;

  /** How many elements at the end are looked at; empty for all. */
  private final long[][] lengths;

  final boolean odd;

  private Pad(Mode mode, double[][] numbers, long[][] lengths, boolean odd) {
    this.mode = mode;
    this.numbers = numbers;
    this.lengths = lengths;
    this.odd = odd;
  }

  private static Pad of(Mode mode, double number) {
    return new Pad(mode, new double[][] {{number, number}}, new long[0][], false);
  }

  /** A number, converted to the array's type. */
  public static Pad constant(double number) {
    return of(Mode.CONSTANT, number);
  }

  /** The element at the end. */
  public static Pad edge() {
    return of(Mode.EDGE, 0);
  }

  /** Evenly spaced numbers from the element at the end to {@code end}. */
  public static Pad linearRamp(double end) {
    return of(Mode.LINEAR_RAMP, end);
  }

  /** The largest element along the axis. */
  public static Pad maximum() {
    return of(Mode.MAXIMUM, 0);
  }

  /** The mean along the axis; of integers, rounded. */
  public static Pad mean() {
    return of(Mode.MEAN, 0);
  }

  /** The smallest element along the axis. */
  public static Pad minimum() {
    return of(Mode.MINIMUM, 0);
  }

  /** The elements mirrored at the one at the end, which is not repeated. */
  public static Pad reflect() {
    return of(Mode.REFLECT, 0);
  }

  /** The elements mirrored, the one at the end first. */
  public static Pad symmetric() {
    return of(Mode.SYMMETRIC, 0);
  }

  /** The elements from the other end. */
  public static Pad wrap() {
    return of(Mode.WRAP, 0);
  }

  /** Anything: zeros. */
  public static Pad empty() {
    return of(Mode.EMPTY, 0);
  }

  /** The same with numbers for each axis, before and after it; one pair goes for all axes. */
  public Pad each(double[]... pairs) {
    return new Pad(mode, copy(pairs), lengths, odd);
  }

  /** The same of so many elements at the end, rather than of all. */
  public Pad over(long count) {
    return over(new long[] {count, count});
  }

  /** The same for each axis, before and after it. */
  public Pad over(long[]... counts) {
    return new Pad(mode, numbers, copy(counts), odd);
  }

  /** Mirrored in value too: twice the element at the end, minus the element. */
  public Pad odd() {
    return new Pad(mode, numbers, lengths, true);
  }

  /** The number on one side (0 before, 1 after) of an axis. */
  double number(int axis, int side) {
    return numbers[numbers.length == 1 ? 0 : axis][side];
  }

  /** The elements that count on one side of an axis of {@code extent}. */
  long length(int axis, int side, long extent) {
    return lengths.length == 0
        ? extent
        : Math.min(extent, lengths[lengths.length == 1 ? 0 : axis][side]);
  }

  /** Whether there is one pair for all axes, or as many as axes, of each kind. */
  boolean fits(int rank) {
    boolean given = numbers.length == 1 || numbers.length == rank;
    return given && (lengths.length <= 1 || lengths.length == rank);
  }

  private static double[][] copy(double[][] pairs) {
    return Arrays.stream(pairs).map(double[]::clone).toArray(double[][]::new);
  }

  private static long[][] copy(long[][] pairs) {
    return Arrays.stream(pairs).map(long[]::clone).toArray(long[][]::new);
  }

  @Override
  public String toString() {
    return mode.name().toLowerCase(java.util.Locale.ROOT) + (odd ? ", odd" : "");
  }
}
