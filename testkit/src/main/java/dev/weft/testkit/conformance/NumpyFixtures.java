package dev.weft.testkit.conformance;

import dev.weft.core.dtype.DType;
import dev.weft.core.dtype.HalfFloats;
import dev.weft.core.dtype.Scalar;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** What NumPy computes, as written by {@code numpy_fixtures.py}, which explains the form. */
public final class NumpyFixtures {
  private final Map<String, List<Scalar>> values = new TreeMap<>();
  private final List<String[]> rows = new ArrayList<>();

  private NumpyFixtures() {}

  /**
   * One row of the op table over one type of operands.
   *
   * @param operands one list per operand
   * @param expected results; null where anything will do or NumPy refuses
   */
  public record Row(
      String name,
      DType dtype,
      DType result,
      List<List<Scalar>> operands,
      List<@Nullable Scalar> expected) {
    @Override
    public String toString() {
      return name + " " + dtype;
    }
  }

  /** The results of all rows. */
  public static List<Row> elementwise() {
    NumpyFixtures fixtures = new NumpyFixtures();
    for (String line : lines("numpy/elementwise.txt.gz")) {
      String[] words = line.split(" ");
      if (words[0].equals("values")) {
        fixtures.values.put(words[1] + " " + words[2], scalars(DType.of(words[1]), words, 3));
      } else {
        fixtures.rows.add(words);
      }
    }
    return fixtures.rows.stream().map(fixtures::row).toList();
  }

  private Row row(String[] words) {
    int arity = Integer.parseInt(words[2]);
    DType dtype = DType.of(words[3]);
    DType result = DType.of(words[4]);
    List<@Nullable Scalar> expected = new ArrayList<>();
    for (int i = 5; i < words.length; i++) {
      boolean open = words[i].equals("?") || words[i].equals("!");
      expected.add(open ? null : scalar(result, words[i]));
    }
    return new Row(words[1], dtype, result, operands(dtype, arity), expected);
  }

  private List<List<Scalar>> operands(DType dtype, int arity) {
    List<Scalar> first = of(dtype, arity == 3 ? "small" : "edges");
    List<Scalar> random = of(dtype, "random");
    int n = first.size();
    List<List<Scalar>> operands = new ArrayList<>();
    for (int k = 0; k < arity; k++) {
      List<Scalar> column = new ArrayList<>();
      int repeats = (int) Math.pow(n, arity - 1 - k);
      for (int i = 0; i < Math.pow(n, arity); i++) {
        column.add(first.get(i / repeats % n));
      }
      int factor = new int[] {1, 7, 11}[k];
      for (int i = 0; i < random.size(); i++) {
        column.add(random.get((factor * i + k) % random.size()));
      }
      operands.add(column);
    }
    return operands;
  }

  private List<Scalar> of(DType dtype, String kind) {
    List<Scalar> found = values.get(dtype + " " + kind);
    if (found == null) {
      throw new IllegalStateException("no values " + dtype + " " + kind);
    }
    return found;
  }

  /** The lines of one fixture file. */
  public static List<String> lines(String file) {
    try (InputStream raw = NumpyFixtures.class.getResourceAsStream("/dev/weft/testkit/" + file)) {
      if (raw == null) {
        throw new IllegalStateException("no fixture " + file);
      }
      InputStream in = file.endsWith(".gz") ? new GZIPInputStream(raw) : raw;
      return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("fixture " + file, e);
    }
  }

  /** The numbers from word {@code from} on. */
  public static List<Scalar> scalars(DType dtype, String[] words, int from) {
    return Arrays.stream(words).skip(from).map(word -> scalar(dtype, word)).toList();
  }

  /** One number: decimal for integers, bits in hexadecimal for floats. */
  public static Scalar scalar(DType dtype, String token) {
    if (!dtype.isFloating()) {
      boolean unsigned = dtype == DType.UINT64;
      long value = unsigned ? Long.parseUnsignedLong(token) : Long.parseLong(token);
      return new Scalar(dtype, value, 0);
    }
    if (token.equals("n")) {
      return new Scalar(dtype, 0, Double.NaN);
    }
    long bits = Long.parseUnsignedLong(token, 16);
    double value =
        switch (dtype) {
          case FLOAT16 -> HalfFloats.of((short) bits);
          case FLOAT32 -> Float.intBitsToFloat((int) bits);
          default -> Double.longBitsToDouble(bits);
        };
    return new Scalar(dtype, 0, value);
  }
}
