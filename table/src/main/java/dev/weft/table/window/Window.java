package dev.weft.table.window;

import dev.weft.table.expr.Period;

/** The rows before a row that are looked at together with it. */
public sealed interface Window {
  /**
   * The row and those directly before it.
   *
   * @param count how many rows, with the row itself, 1 or more
   */
  record Rows(int count) implements Window {
    @Override
    public String toString() {
      return count == 1 ? "1 row" : "%,d rows".formatted(count);
    }
  }

  /**
   * The row and those before it that are later than its time less a period.
   *
   * @param column of timestamps, in ascending order
   * @param period of one length
   */
  record Time(String column, Period period) implements Window {
    @Override
    public String toString() {
      return period + " of " + column;
    }
  }

  /** How many values there must be for a result, where nobody says it: pandas' defaults. */
  default int minPeriods() {
    return switch (this) {
      case Rows(int count) -> count;
      case Time time -> 1;
    };
  }
}
