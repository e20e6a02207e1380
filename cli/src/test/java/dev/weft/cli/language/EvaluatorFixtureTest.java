package dev.weft.cli.language;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.HostArray;
import dev.weft.core.NDArray;
import dev.weft.core.Session;
import dev.weft.core.dtype.Complex;
import dev.weft.core.dtype.DType;
import dev.weft.core.linalg.LapackProvider;
import dev.weft.core.shape.Shape;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Expressions give NumPy's values, dtypes and shapes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EvaluatorFixtureTest {
  private final Map<String, NDArray> inputs = new LinkedHashMap<>();
  private Session session;

  @BeforeAll
  void open() throws IOException {
    session = Session.open();
    lines().filter(line -> line[0].equals("input")).forEach(this::input);
  }

  @AfterAll
  void close() {
    session.close();
  }

  private void input(String[] line) {
    DType dtype = DType.of(line[2]);
    if (dtype.isComplex()) {
      inputs.put(line[1], session.array(complex(line[4])).cast(dtype).reshape(extents(line[3])));
      return;
    }
    NDArray values =
        dtype.isFloating() ? session.array(numbers(line[4])) : session.array(integers(line[4]));
    inputs.put(line[1], values.cast(dtype).reshape(extents(line[3])));
  }

  static Stream<String[]> lines() throws IOException {
    Stream<String[]> all =
        Stream.concat(lines("evaluator-fixtures.txt"), lines("function-fixtures.txt"));
    return hasLapack() ? Stream.concat(all, lines("linalg-fixtures.txt")) : all;
  }

  private static boolean hasLapack() {
    return LapackProvider.OnClassPath.lookup() instanceof LapackProvider.Lookup.Found;
  }

  private static Stream<String[]> lines(String name) throws IOException {
    try (var file = Objects.requireNonNull(EvaluatorFixtureTest.class.getResourceAsStream(name))) {
      String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().map(line -> line.split("\t", -1));
    }
  }

  static Stream<String[]> expressions() throws IOException {
    return lines().filter(line -> !line[0].equals("input"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("expressions")
  void agreesWithNumPy(String text, String dtype, String shape, String values) {
    JobScript job = Parser.job(SourceText.of(text));
    List<Evaluator.Output> outputs =
        Evaluator.evaluate(session, job, new GivenInputs(inputs)).last();
    assertThat(outputs).hasSize(1);
    NDArray array = outputs.getFirst().array();
    assertThat(array.dtype()).isEqualTo(DType.of(dtype));
    assertThat(array.shape()).isEqualTo(Shape.of(extents(shape)));
    if (!array.dtype().isInexact()) {
      try (HostArray computed = array.compute()) {
        assertThat(computed.toLongArray()).isEqualTo(integers(values));
      }
      return;
    }
    double[] expected = numbers(values);
    try (HostArray computed = array.compute()) {
      double[] actual = parts(computed);
      assertThat(actual).hasSameSizeAs(expected);
      // The input f is float32: what is computed from it has its precision, whatever the result is.
      boolean narrow =
          dtype.equals("float32")
              || dtype.equals("complex64")
              || text.replace("fft", "").contains("f");
      double relative = narrow ? 2e-6 : 1e-13;
      relative = array.dtype() == DType.FLOAT16 ? 0x1p-10 : relative;
      for (int k = 0; k < actual.length; k++) {
        boolean close =
            Double.compare(actual[k], expected[k]) == 0
                || Math.abs(actual[k] - expected[k])
                    <= relative * Math.max(1, Math.abs(expected[k]));
        assertThat(close).as("element %d is %s, NumPy has %s", k, actual[k], expected[k]).isTrue();
      }
    }
  }

  /** The numbers, or the parts of complex ones in turns. */
  private static double[] parts(HostArray values) {
    return values.dtype().isComplex()
        ? Stream.of(values.toComplexArray())
            .flatMapToDouble(z -> DoubleStream.of(z.re(), z.im()))
            .toArray()
        : values.toDoubleArray();
  }

  private static Complex[] complex(String text) {
    double[] parts = numbers(text);
    return IntStream.range(0, parts.length / 2)
        .mapToObj(i -> new Complex(parts[2 * i], parts[2 * i + 1]))
        .toArray(Complex[]::new);
  }

  private static long[] extents(String text) {
    return text.isEmpty()
        ? new long[0]
        : Stream.of(text.split(",")).mapToLong(Long::parseLong).toArray();
  }

  private static double[] numbers(String text) {
    return text.isEmpty()
        ? new double[0]
        : Stream.of(text.split(",")).mapToDouble(EvaluatorFixtureTest::number).toArray();
  }

  /** Integers of any type as 64 bits. */
  private static long[] integers(String text) {
    return text.isEmpty()
        ? new long[0]
        : Stream.of(text.split(",")).mapToLong(word -> new BigInteger(word).longValue()).toArray();
  }

  private static double number(String text) {
    return switch (text) {
      case "nan" -> Double.NaN;
      case "inf" -> Double.POSITIVE_INFINITY;
      case "-inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }
}
