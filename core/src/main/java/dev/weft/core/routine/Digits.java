package dev.weft.core.routine;

import dev.weft.core.dtype.DType;

/**
 * How the keys of elements are cut into digits, the first of which says most, for the selection of
 * elements by rank.
 *
 * <p>What is known between passes is a vector of words: how many elements are numbers (-1 when the
 * result is NaN), and for each wanted element the digits found so far and its rank among the
 * elements that begin with them.
 *
 * @param width bits of a key
 * @param bits bits of a digit; the last may have fewer
 * @param targets how many elements are wanted
 */
public record Digits(int width, int bits, int targets) {
  private static final int LONG = 13;
  private static final int SHORT = 11;

  /** Digits are long where few counts of them are needed. */
  public static Digits of(DType dtype, int targets) {
    return new Digits(
        Keys.isNarrow(dtype) ? Integer.SIZE : Long.SIZE, targets <= 2 ? LONG : SHORT, targets);
  }

  /** Number of digits. */
  public int passes() {
    return Math.ceilDiv(width, bits);
  }

  /** Length of the counts of a pass; one more than the digits of all groups, for NaN. */
  public int counts(int pass) {
    return groups(pass) * size(pass) + 1;
  }

  /** Words between passes. */
  public int stateLength() {
    return 1 + 2 * targets;
  }

  /** Groups of elements that are counted apart: those that begin as a wanted element does. */
  int groups(int pass) {
    return pass == 0 ? 1 : targets;
  }

  /** Bits below the digit of a pass. */
  int shift(int pass) {
    return Math.max(0, width - (pass + 1) * bits);
  }

  /** How many values the digit of a pass has. */
  int size(int pass) {
    return 1 << digitBits(pass);
  }

  int digitBits(int pass) {
    return width - pass * bits - shift(pass);
  }

  /** The key whose bits with the sign turned, an unsigned number, are these. */
  long key(long unsigned) {
    return width == Long.SIZE ? unsigned ^ Long.MIN_VALUE : unsigned + Integer.MIN_VALUE;
  }
}
