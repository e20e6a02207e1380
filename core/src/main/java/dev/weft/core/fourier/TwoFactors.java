package dev.weft.core.fourier;

import java.util.List;

/**
 * Tables for lines of a smooth length a times b: such a line is a matrix of a rows, whose columns
 * are transformed, turned by roots and transposed; the columns of that are transformed again.
 */
final class TwoFactors {
  private final MixedRadix first;
  private final MixedRadix second;
  private final List<Columns> turns;

  TwoFactors(int length) {
    int rows = Math.toIntExact(Factors.half(length));
    int columns = length / rows;
    this.first = new MixedRadix(rows);
    this.second = new MixedRadix(columns);
    this.turns = Columns.split(rows, columns);
    for (Columns turn : turns) {
      for (int k = 0; k < rows; k++) {
        turn.powers(k, length);
      }
    }
  }

  int length() {
    return first.length() * second.length();
  }

  /** What transforms lines with these tables. */
  LineTransform line() {
    return new Line();
  }

  private final class Line implements LineTransform {
    private final int rows = first.length();
    private final int columns = second.length();
    private final List<Columns> given = Columns.split(first.rows(), columns);
    private final List<Columns> turned = Columns.split(second.rows(), rows);

    @Override
    public int length() {
      return TwoFactors.this.length();
    }

    @Override
    public int size() {
      return length();
    }

    @Override
    public void run(double[] real, double[] imaginary) {
      for (int i = 0; i < given.size(); i++) {
        first(real, imaginary, given.get(i), turns.get(i));
      }
      for (Columns part : turned) {
        second(real, imaginary, part);
      }
    }

    private void first(double[] real, double[] imaginary, Columns part, Columns turn) {
      double[][] re = part.real();
      double[][] im = part.imaginary();
      int width = part.width();
      for (int row = 0; row < rows; row++) {
        System.arraycopy(real, row * columns + part.first(), re[row], 0, width);
        System.arraycopy(imaginary, row * columns + part.first(), im[row], 0, width);
      }
      first.run(re, im, width);
      for (int row = 1; row < rows; row++) {
        RowLoops.times(re[row], im[row], turn.real()[row], turn.imaginary()[row], width);
      }
    }

    private void second(double[] real, double[] imaginary, Columns part) {
      double[][] re = part.real();
      double[][] im = part.imaginary();
      int width = part.width();
      for (Columns from : given) {
        int height = from.width();
        Transposition.rows(from.real(), part.first(), re, from.first(), width, height);
        Transposition.rows(from.imaginary(), part.first(), im, from.first(), width, height);
      }
      second.run(re, im, width);
      for (int k = 0; k < columns; k++) {
        System.arraycopy(re[k], 0, real, k * rows + part.first(), width);
        System.arraycopy(im[k], 0, imaginary, k * rows + part.first(), width);
      }
    }
  }
}
