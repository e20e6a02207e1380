package dev.weft.core.text;

import dev.weft.core.dtype.DType;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** Complex numbers as text, by the rules of NumPy. */
final class ComplexText {
  private ComplexText() {}

  static List<String> words(MemorySegment memory, DType dtype, long[] shown) {
    double[] real = new double[shown.length];
    double[] imaginary = new double[shown.length];
    for (int i = 0; i < shown.length; i++) {
      real[i] = Elements.doubleAt(memory, dtype.part(), 2 * shown[i]);
      imaginary[i] = Elements.doubleAt(memory, dtype.part(), 2 * shown[i] + 1);
    }
    List<String> reals = FloatFormat.words(real, dtype, false);
    List<String> imaginaries = FloatFormat.words(imaginary, dtype, true);
    List<String> words = new ArrayList<>(shown.length);
    for (int i = 0; i < shown.length; i++) {
      String padded = imaginaries.get(i);
      String text = padded.stripTrailing();
      words.add(reals.get(i) + text + "j" + padded.substring(text.length()));
    }
    return words;
  }

  static String scalar(MemorySegment memory, DType dtype) {
    String re = number(Elements.doubleAt(memory, dtype.part(), 0), dtype);
    String im = number(Elements.doubleAt(memory, dtype.part(), 1), dtype);
    if (re.equals("0")) {
      return im + "j";
    }
    return "(%s%s%sj)".formatted(re, im.startsWith("-") ? "" : "+", im);
  }

  /** As Python writes the parts: whole numbers without a point. */
  private static String number(double value, DType dtype) {
    String text = FloatFormat.scalar(value, dtype);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }
}
