package dev.weft.cli.language;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** The names of NumPy's functions, read when a name is unknown. */
final class NumpyNames {
  /** Parts of NumPy of which functions are called, as in {@code fft.rfft(x)}. */
  static final Set<String> MODULES = Set.of("fft", "linalg", "random");

  private NumpyNames() {}

  /** Whether NumPy has a function of this name; those of its parts as {@code fft.rfft}. */
  static boolean contains(String name) {
    return all().contains(name);
  }

  private static Set<String> all() {
    try (var file =
        Objects.requireNonNull(NumpyNames.class.getResourceAsStream("numpy-names.txt"))) {
      String text = new String(file.readAllBytes(), StandardCharsets.US_ASCII);
      return text.lines().collect(Collectors.toUnmodifiableSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
