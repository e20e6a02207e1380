package dev.weft.core.routine;

import dev.weft.core.fourier.LineTransform;
import dev.weft.core.fourier.Tables;
import java.util.Arrays;
import java.util.List;

/** Transforms of long lines, one after the other. */
final class FourierEach {
  /** Lines that are read together where they do not lie densely. */
  private static final int TOGETHER = 8;

  private final FourierLines routine;
  private final List<NumberLines> from;
  private final List<NumberLines> to;
  private final int half;
  private final LineTransform transform;
  private final double[][] re;
  private final double[][] im;

  /** Real lines whose pairs of numbers are complex ones. */
  private final double[][] real;

  FourierEach(FourierLines routine, List<NumberLines> from, List<NumberLines> to) {
    this.routine = routine;
    this.from = from;
    this.to = to;
    this.half = routine.length() / 2;
    this.transform = Tables.shared().line(routine.isHalved() ? half : routine.length());
    int together = to.getFirst().isDense() ? 1 : TOGETHER;
    int size = Math.max(transform.size(), half + 1);
    this.re = new double[together][size];
    this.im = new double[together][size];
    this.real = new double[together][routine.isHalved() ? routine.length() : 0];
  }

  void run() {
    long count = to.getFirst().lineCount();
    for (long line = 0; line < count; line += re.length) {
      int width = (int) Math.min(re.length, count - line);
      load(line, width);
      for (int i = 0; i < width; i++) {
        transform(re[i], im[i], real[i]);
      }
      store(line, width);
    }
  }

  private void load(long line, int width) {
    boolean pairs = routine.form() == FourierLines.Form.FROM_REAL && routine.isHalved();
    load(from.getFirst(), line, pairs ? real : re, width);
    if (from.size() > 1) {
      load(from.get(1), line, im, width);
    } else {
      for (int i = 0; i < width; i++) {
        Arrays.fill(im[i], 0);
      }
    }
  }

  private void load(NumberLines part, long line, double[][] lines, int width) {
    int there = Math.min(part.length(), routine.given());
    part.readLines(line, lines, width, there);
    for (int i = 0; i < width; i++) {
      Arrays.fill(lines[i], there, routine.given(), 0);
    }
  }

  private void store(long line, int width) {
    boolean pairs = routine.form() == FourierLines.Form.TO_REAL && routine.isHalved();
    to.getFirst().writeLines(line, pairs ? real : re, width, routine.made());
    if (to.size() > 1) {
      to.get(1).writeLines(line, im, width, routine.made());
    }
  }

  private void transform(double[] lineRe, double[] lineIm, double[] pairs) {
    switch (routine.form()) {
      case COMPLEX -> {
        transform.run(routine.inverse() ? lineIm : lineRe, routine.inverse() ? lineRe : lineIm);
        scale(lineRe);
        scale(lineIm);
      }
      case FROM_REAL -> fromReal(lineRe, lineIm, pairs);
      case TO_REAL -> toReal(lineRe, lineIm, pairs);
    }
  }

  private void fromReal(double[] lineRe, double[] lineIm, double[] pairs) {
    if (routine.isHalved()) {
      for (int j = 0; j < half; j++) {
        lineRe[j] = pairs[2 * j];
        lineIm[j] = pairs[2 * j + 1];
      }
      transform.run(lineRe, lineIm);
      Tables.shared().real(routine.length()).spectrum(lineRe, lineIm);
    } else {
      transform.run(lineRe, lineIm);
    }
    if (routine.inverse()) {
      negate(lineIm);
    }
    scale(lineRe);
    scale(lineIm);
  }

  private void toReal(double[] lineRe, double[] lineIm, double[] pairs) {
    if (!routine.inverse()) {
      negate(lineIm);
    }
    if (routine.isHalved()) {
      Tables.shared().real(routine.length()).halves(lineRe, lineIm);
      transform.run(lineIm, lineRe);
      for (int j = 0; j < half; j++) {
        pairs[2 * j] = lineRe[j] * routine.scale();
        pairs[2 * j + 1] = lineIm[j] * routine.scale();
      }
      return;
    }
    lineIm[0] = 0;
    for (int k = 1; k <= half; k++) {
      lineRe[routine.length() - k] = lineRe[k];
      lineIm[routine.length() - k] = -lineIm[k];
    }
    transform.run(lineIm, lineRe);
    scale(lineRe);
  }

  private void scale(double[] line) {
    double factor = routine.factor();
    for (int k = 0; k < routine.made() && factor != 1; k++) {
      line[k] *= factor;
    }
  }

  private void negate(double[] line) {
    for (int k = 0; k <= half; k++) {
      line[k] = -line[k];
    }
  }
}
