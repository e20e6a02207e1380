package dev.weft.table.text;

import dev.weft.table.column.ColumnType;
import java.time.ZoneOffset;

/** The narrowest type of all texts of a sample: bool, int64, float64, timestamp, else string. */
public final class TypeGuess {
  private final NumberParser numbers = new NumberParser();
  private final MomentParser moments = new MomentParser(ZoneOffset.UTC);

  private boolean any;
  private boolean isTruth = true;
  private boolean isInteger = true;
  private boolean isReal = true;
  private boolean isMoment = true;
  private boolean hasFraction;
  private boolean hasLarge;

  /** Takes a text into account that is not missing. */
  public void add(String text) {
    any = true;
    char[] buffer = text.toCharArray();
    int length = buffer.length;
    isTruth = isTruth && length > 1 && numbers.isTruth(buffer, 0, length);
    boolean isLong = (isInteger || isReal) && numbers.isLong(buffer, 0, length);
    isInteger = isInteger && isLong;
    isReal = isReal && (isLong || numbers.isDouble(buffer, 0, length));
    if (isReal && !isLong) {
      boolean isLarge = text.strip().chars().allMatch(c -> "+-0123456789".indexOf(c) >= 0);
      hasLarge |= isLarge;
      hasFraction |= !isLarge;
    }
    isMoment = isMoment && moments.isMoment(buffer, 0, length);
  }

  /** Whether there was any. */
  public boolean any() {
    return any;
  }

  /**
   * The type, which is string where nothing was seen. Integers of more than 64 bits alone are kept
   * as text: as float64 they would lose digits.
   */
  public ColumnType type() {
    if (!any) {
      return ColumnType.TEXT;
    }
    if (isTruth) {
      return ColumnType.BOOL;
    }
    if (isInteger) {
      return ColumnType.INT64;
    }
    if (isReal && (hasFraction || !hasLarge)) {
      return ColumnType.FLOAT64;
    }
    return isMoment ? ColumnType.TIMESTAMP : ColumnType.TEXT;
  }

  /** Whether a text is a value of a type. */
  public static boolean isOf(ColumnType type, String text) {
    char[] bytes = Utf8.encoded(text);
    return FieldBuilder.of(type, 1).add(bytes, 0, bytes.length);
  }
}
