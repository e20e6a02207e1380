package dev.weft.core.routine;

import dev.weft.core.fourier.ColumnTransform;
import dev.weft.core.fourier.Columns;
import dev.weft.core.fourier.Factors;
import dev.weft.core.fourier.RealColumns;
import dev.weft.core.fourier.Tables;
import dev.weft.core.fourier.Transposition;
import java.util.Arrays;
import java.util.List;

/** Transforms of many lines side by side: those that are short, or do not lie densely. */
final class FourierColumns {
  /** Complex numbers that are worked on at once. */
  private static final int MOST = 1 << 16;

  /** Fewer columns than this are not worth their loops. */
  private static final int FEWEST = 16;

  private final FourierLines routine;
  private final List<NumberLines> from;
  private final List<NumberLines> to;
  private final ColumnTransform transform;
  private final int most;
  private final double[][] re;
  private final double[][] im;

  /** Where dense lines are read to and written from. */
  private final double[][] lines;

  /** The first column, of the matrix whose columns the lines are. */
  private final long first;

  FourierColumns(FourierLines routine, List<NumberLines> from, List<NumberLines> to, long first) {
    this.first = first;
    this.routine = routine;
    this.from = from;
    this.to = to;
    int length = routine.isHalved() ? routine.length() / 2 : routine.length();
    this.transform = Tables.shared().columns(length);
    int rows = Math.max(transform.rows(), routine.length() / 2 + 1);
    long fitting = Math.clamp(MOST / rows, 1, Columns.MOST);
    this.most = (int) Math.min(fitting, Math.max(1, to.getFirst().lineCount()));
    this.re = new double[rows][most];
    this.im = new double[rows][most];
    boolean dense = from.getFirst().isDense() || to.getFirst().isDense();
    int together = Math.min(most, Transposition.LINES);
    this.lines = new double[dense ? together : 0][routine.length() + 1];
  }

  /** Whether lines of a length leave room for enough of them. */
  static boolean fits(int length) {
    long rows = Factors.isSmooth(length) ? length : 4L * length;
    return rows * FEWEST <= MOST;
  }

  void run() {
    long count = to.getFirst().lineCount();
    int width = most;
    for (long line = 0; line < count; line += width) {
      width = (int) Math.min(most, count - line);
      if (routine.whole() > 0) {
        width = to.getFirst().together(line, width);
      }
      switch (routine.form()) {
        case COMPLEX -> complex(line, width);
        case FROM_REAL -> fromReal(line, width);
        case TO_REAL -> toReal(line, width);
      }
    }
  }

  private void complex(long line, int width) {
    loadBoth(line, width);
    transform(routine.inverse(), width);
    if (routine.whole() > 0) {
      storeTurned(line, width);
      return;
    }
    store(re, to.get(0), line, width);
    store(im, to.get(1), line, width);
  }

  private void storeTurned(long line, int width) {
    Columns turns = Tables.shared().turns(routine.length(), routine.whole());
    Columns own = routine.inverse() ? new Columns(0, width, im, re) : new Columns(0, width, re, im);
    long column = first + to.getFirst().within(line);
    for (int k = 0; k < routine.length(); k++) {
      own.turn(k, column, routine.whole(), turns);
      to.get(0).writeRow(line, k, re[k], width);
      to.get(1).writeRow(line, k, im[k], width);
    }
  }

  private void fromReal(long line, int width) {
    if (routine.isHalved()) {
      load(from.getFirst(), line, alternating(), width);
      transform(false, width);
      RealColumns.spectrum(re, im, routine.length() / 2, width);
    } else {
      loadBoth(line, width);
      transform(false, width);
    }
    if (routine.inverse()) {
      negate(im, width);
    }
    store(re, to.get(0), line, width);
    store(im, to.get(1), line, width);
  }

  private void toReal(long line, int width) {
    loadBoth(line, width);
    if (!routine.inverse()) {
      negate(im, width);
    }
    int half = routine.length() / 2;
    if (routine.isHalved()) {
      RealColumns.halves(re, im, half, width);
      transform(true, width);
      store(alternating(), to.getFirst(), line, width);
      return;
    }
    Arrays.fill(im[0], 0, width, 0);
    for (int k = 1; k <= half; k++) {
      System.arraycopy(re[k], 0, re[routine.length() - k], 0, width);
      for (int c = 0; c < width; c++) {
        im[routine.length() - k][c] = -im[k][c];
      }
    }
    transform(true, width);
    store(re, to.getFirst(), line, width);
  }

  /** Real rows as the real and imaginary parts of complex ones. */
  private double[][] alternating() {
    double[][] rows = new double[routine.length()][];
    for (int row = 0; row < rows.length; row++) {
      rows[row] = row % 2 == 0 ? re[row / 2] : im[row / 2];
    }
    return rows;
  }

  private void transform(boolean inverse, int width) {
    transform.run(inverse ? im : re, inverse ? re : im, width);
  }

  /** Complex numbers, or real ones, whose imaginary parts are 0. */
  private void loadBoth(long line, int width) {
    load(from.getFirst(), line, re, width);
    if (from.size() > 1) {
      load(from.get(1), line, im, width);
    } else {
      clear(im, 0, routine.given(), width);
    }
  }

  private void load(NumberLines part, long line, double[][] rows, int width) {
    int there = Math.min(part.length(), routine.given());
    if (part.isDense()) {
      for (int c = 0; c < width; c += lines.length) {
        int together = Math.min(lines.length, width - c);
        part.readLines(line + c, lines, together, there);
        Transposition.toColumns(lines, together, rows, c, there);
      }
    } else {
      for (int k = 0; k < there; k++) {
        part.readRow(line, k, rows[k], width);
      }
    }
    clear(rows, there, routine.given(), width);
  }

  private void store(double[][] rows, NumberLines part, long line, int width) {
    double factor = routine.factor();
    int made = routine.made();
    if (part.isDense()) {
      for (int c = 0; c < width; c += lines.length) {
        int together = Math.min(lines.length, width - c);
        Transposition.toLines(rows, c, lines, together, made, factor);
        part.writeLines(line + c, lines, together, made);
      }
      return;
    }
    for (int k = 0; k < made; k++) {
      double[] row = rows[k];
      for (int c = 0; c < width && factor != 1; c++) {
        row[c] *= factor;
      }
      part.writeRow(line, k, row, width);
    }
  }

  private void negate(double[][] rows, int width) {
    for (int k = 0; k <= routine.length() / 2; k++) {
      for (int c = 0; c < width; c++) {
        rows[k][c] = -rows[k][c];
      }
    }
  }

  private static void clear(double[][] rows, int first, int end, int width) {
    for (int k = first; k < end; k++) {
      Arrays.fill(rows[k], 0, width, 0);
    }
  }
}
