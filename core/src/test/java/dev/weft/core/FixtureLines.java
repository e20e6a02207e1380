package dev.weft.core;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** Lines of a fixture file beside the tests. */
final class FixtureLines {
  private FixtureLines() {}

  static List<String> of(String name) {
    try (var file = Objects.requireNonNull(FixtureLines.class.getResourceAsStream(name))) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }

  static double[] numbers(String[] words, int from) {
    double[] numbers = new double[words.length - from];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] =
          words[from + i].equals("inf") ? Double.POSITIVE_INFINITY : number(words[from + i]);
    }
    return numbers;
  }

  private static double number(String word) {
    return word.equals("nan") ? Double.NaN : Double.parseDouble(word);
  }
}
