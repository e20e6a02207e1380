package dev.weft.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.core.dtype.Complex;
import dev.weft.core.dtype.DType;
import dev.weft.core.error.UsageException;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Transforms beside sums over all elements, in all lengths and ways that they are computed. Values
 * of all functions are compared with NumPy's in EvaluatorFixtureTest.
 */
class FourierMethodsTest {
  /** Errors allowed in a result of size 1, each for a doubling of the length. */
  private static final double ALLOWED = 0x1p-52;

  private static final double ALLOWED_NARROW = 0x1p-24;

  private final Random random = new Random(12);
  private Session session;

  @BeforeEach
  void open() {
    session =
        Session.open(SessionConfig.defaults().withDevice("reference").withChunkBytes(1 << 16));
  }

  @AfterEach
  void close() {
    session.close();
  }

  private Complex[] numbers(int n) {
    return IntStream.range(0, n)
        .mapToObj(i -> new Complex(random.nextGaussian(), random.nextGaussian()))
        .toArray(Complex[]::new);
  }

  private static Complex[] values(NDArray x) {
    try (HostArray array = x.compute()) {
      return array.toComplexArray();
    }
  }

  /** One element of a transform of n elements, of which those beyond x are 0. */
  private static Complex element(Complex[] x, int n, long k, int sign) {
    double re = 0;
    double im = 0;
    for (int j = 0; j < Math.min(n, x.length); j++) {
      double angle = sign * 2 * Math.PI * (j * k % n) / n;
      double c = Math.cos(angle);
      double s = Math.sin(angle);
      re += x[j].re() * c - x[j].im() * s;
      im += x[j].re() * s + x[j].im() * c;
    }
    return new Complex(re, im);
  }

  private static Complex[] transform(Complex[] x, int n, int sign) {
    return IntStream.range(0, n).mapToObj(k -> element(x, n, k, sign)).toArray(Complex[]::new);
  }

  private static double size(Complex[] x) {
    double sum = 0;
    for (Complex z : x) {
      sum += z.re() * z.re() + z.im() * z.im();
    }
    return Math.sqrt(sum);
  }

  private static Complex[] difference(Complex[] x, Complex[] y) {
    assertThat(x).hasSameSizeAs(y);
    return IntStream.range(0, x.length)
        .mapToObj(i -> new Complex(x[i].re() - y[i].re(), x[i].im() - y[i].im()))
        .toArray(Complex[]::new);
  }

  private static void near(String what, NDArray found, Complex[] expected, double allowed) {
    double error = size(difference(values(found), expected));
    double doublings = 3 + Math.log(expected.length) / Math.log(2);
    assertThat(error).as(what).isLessThanOrEqualTo(allowed * doublings * size(expected));
  }

  private static Complex[] real(Complex[] x) {
    return Arrays.stream(x).map(z -> new Complex(z.re(), 0)).toArray(Complex[]::new);
  }

  @Test
  void everyLengthInEveryForm() {
    int[] more = {81, 121, 128, 251, 256, 257, 343, 360, 512, 674, 1000, 1009};
    IntStream.concat(IntStream.rangeClosed(1, 67), IntStream.of(more))
        .forEach(
            n -> {
              Complex[] x = numbers(n);
              NDArray given = session.array(x);
              Complex[] spectrum = transform(x, n, -1);
              near("fft " + n, given.fft(), spectrum, ALLOWED);
              near("ifft " + n, session.array(spectrum).ifft(), x, 2 * ALLOWED);
              Complex[] numbers = real(x);
              Complex[] half = Arrays.copyOf(transform(numbers, n, -1), n / 2 + 1);
              NDArray reals = given.real();
              near("rfft " + n, reals.rfft(), half, ALLOWED);
              near("fft of real " + n, reals.fft(), transform(numbers, n, -1), ALLOWED);
              near(
                  "irfft " + n,
                  session.array(half).irfft(n, 0, FourierNorm.BACKWARD),
                  numbers,
                  2 * ALLOWED);
              near(
                  "hfft " + n,
                  session.array(half).conj().hfft(n, 0, FourierNorm.FORWARD),
                  numbers,
                  2 * ALLOWED);
              near("ihfft " + n, reals.ihfft(n, 0, FourierNorm.FORWARD).conj(), half, ALLOWED);
            });
  }

  /** The transform, of which some elements are compared with sums. */
  private Complex[] elementsAreSums(Complex[] x, NDArray given) {
    int n = x.length;
    Complex[] found = values(given.fft());
    assertThat(found).hasSize(n);
    for (long k : new long[] {0, 1, n / 2, n - 1, random.nextInt(n), random.nextInt(n)}) {
      Complex[] expected = {element(x, n, k, -1)};
      double error = size(difference(new Complex[] {found[(int) k]}, expected));
      assertThat(error).as("element " + k).isLessThan(1e-13 * size(x));
    }
    return found;
  }

  /** Around a longer line, in several tasks. */
  @Test
  void longLineOfPrimeLength() {
    Complex[] x = numbers(65_537);
    Complex[] found = elementsAreSums(x, session.array(x));
    NDArray back = session.array(found).ifft();
    near("there and back", back, x, 4 * ALLOWED);
  }

  /** Lengths of which lines are not columns side by side: of one task, and of several. */
  @ParameterizedTest
  @ValueSource(ints = {4096, 10_007, 1 << 17, 3 << 16})
  void longLines(int n) {
    Complex[] x = numbers(n);
    NDArray given = session.array(x);
    Complex[] found = elementsAreSums(x, given);
    near("there and back", given.fft().ifft(), x, 4 * ALLOWED);
    Complex[] half = Arrays.copyOf(values(given.real().fft()), n / 2 + 1);
    near("real", given.real().rfft(), half, 2 * ALLOWED);
    near(
        "real, and back",
        given.real().rfft().irfft(n, 0, FourierNorm.BACKWARD),
        real(x),
        4 * ALLOWED);
    // Parseval: a sum of squares is kept.
    assertThat(size(found) / Math.sqrt(n) / size(x) - 1).isBetween(-1e-13, 1e-13);
  }

  @Test
  void longLinesOfOtherAxesAndLengths() {
    int n = 3 << 16;
    Complex[] x = numbers(n);
    NDArray line = session.array(x);
    NDArray two = session.stack(0, line, line.multiply(2));
    Complex[] spectrum = values(line.fft());
    Complex[] both = new Complex[2 * n];
    for (int k = 0; k < n; k++) {
      both[2 * k] = spectrum[k];
      both[2 * k + 1] = new Complex(2 * spectrum[k].re(), 2 * spectrum[k].im());
    }
    near("second axis first", two.transpose().fft(0), both, ALLOWED);
    NDArray part = line.slice("0:1000");
    NDArray padded = session.concatenate(0, part, session.zeros(n - 1000));
    near(
        "with 0",
        part.fft(n, 0, FourierNorm.ORTHO),
        values(padded.fft(n, 0, FourierNorm.ORTHO)),
        ALLOWED);
    near(
        "rounded once",
        line.cast(DType.COMPLEX64).fft(),
        values(line.cast(DType.COMPLEX64).cast(DType.COMPLEX128).fft()),
        ALLOWED_NARROW);
    assertThat(line.cast(DType.COMPLEX64).fft().dtype()).isEqualTo(DType.COMPLEX64);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void everyAxisInEveryChunking(int axis) {
    int[] extents = {12, 35, 70};
    Complex[] x = numbers(12 * 35 * 70);
    NDArray given = session.array(x).reshape(12, 35, 70);
    int n = extents[axis];
    int inner = axis == 0 ? 35 * 70 : axis == 1 ? 70 : 1;
    Complex[] expected = new Complex[x.length];
    for (int first = 0; first < x.length; first++) {
      if (first / inner % n == 0) {
        Complex[] line = new Complex[n];
        for (int j = 0; j < n; j++) {
          line[j] = x[first + j * inner];
        }
        Complex[] spectrum = transform(line, n, -1);
        for (int j = 0; j < n; j++) {
          expected[first + j * inner] = spectrum[j];
        }
      }
    }
    near("whole", given.fft(axis), expected, ALLOWED);
    near("chunks", given.rechunk(5, 16, 9).fft(axis), expected, ALLOWED);
    near("negative axis", given.rechunk(12, 7, 70).fft(axis - 3), expected, ALLOWED);
    near("parts", given.add(0).fft(axis).ifft(axis), x, 2 * ALLOWED);
    near(
        "real",
        given.real().rechunk(4, 5, 7).rfft(axis).irfft(n, axis, FourierNorm.BACKWARD),
        real(x),
        2 * ALLOWED);
  }

  @Test
  void longerLinesThatDoNotLieDensely() {
    Complex[] x = numbers(9 * 10_007);
    NDArray lines = session.array(x).reshape(9, 10_007);
    near("columns", lines.transpose().fft(0), values(lines.fft(1).transpose()), ALLOWED);
    near(
        "back",
        lines.transpose().real().rfft(0).irfft(10_007, 0, FourierNorm.BACKWARD).transpose(),
        real(x),
        4 * ALLOWED);
  }

  @Test
  void linesAreCutOrGoOnWithZeros() {
    Complex[] x = numbers(20);
    NDArray given = session.array(x);
    for (int n : new int[] {1, 7, 19, 20, 21, 50, 300}) {
      near("n " + n, given.fft(n, 0, FourierNorm.BACKWARD), transform(x, n, -1), ALLOWED);
      near(
          "rfft " + n,
          given.real().rfft(n, 0, FourierNorm.BACKWARD),
          Arrays.copyOf(transform(real(x), n, -1), n / 2 + 1),
          ALLOWED);
    }
    // Of a spectrum that is too short, what is missing is 0.
    Complex[] three = Arrays.copyOf(values(given.fft()), 3);
    NDArray padded = session.concatenate(0, session.array(three), session.zeros(3));
    near(
        "irfft",
        session.array(three).irfft(10, 0, FourierNorm.BACKWARD),
        values(padded.irfft(10, 0, FourierNorm.BACKWARD)),
        0);
  }

  @ParameterizedTest
  @EnumSource
  void normsDivideOneWayOrBoth(FourierNorm norm) {
    Complex[] x = numbers(24);
    NDArray given = session.array(x);
    double forth =
        norm == FourierNorm.BACKWARD ? 1 : norm == FourierNorm.ORTHO ? 1 / Math.sqrt(24) : 1.0 / 24;
    double back = 1 / (24 * forth);
    NDArray spectrum = given.fft();
    near("fft", given.fft(24, 0, norm), values(spectrum.multiply(forth)), ALLOWED);
    near("ifft", spectrum.ifft(24, 0, norm), values(given.multiply(24 * back)), ALLOWED);
    near(
        "rfft",
        given.real().rfft(24, 0, norm),
        values(given.real().rfft().multiply(forth)),
        ALLOWED);
    near(
        "irfft",
        given.irfft(24, 0, norm),
        values(given.irfft(24, 0, FourierNorm.FORWARD).multiply(back)),
        ALLOWED);
    near(
        "hfft",
        given.hfft(24, 0, norm),
        values(given.hfft(24, 0, FourierNorm.BACKWARD).multiply(forth)),
        ALLOWED);
    near(
        "ihfft",
        given.real().ihfft(24, 0, norm),
        values(given.real().ihfft(24, 0, FourierNorm.FORWARD).multiply(back)),
        ALLOWED);
    assertThat(FourierNorm.of(norm.toString())).isEqualTo(norm);
  }

  @Test
  void typesOfResults() {
    for (DType dtype : DType.values()) {
      NDArray x = session.array(new double[] {1, 0, 1}).cast(dtype);
      DType complex =
          dtype == DType.FLOAT16 || dtype == DType.FLOAT32 || dtype == DType.COMPLEX64
              ? DType.COMPLEX64
              : DType.COMPLEX128;
      assertThat(x.fft().dtype()).isEqualTo(complex);
      assertThat(values(x.fft())[0]).isEqualTo(new Complex(2, 0));
      DType real = dtype == DType.FLOAT16 ? dtype : complex.part();
      assertThat(x.irfft().dtype()).isEqualTo(real);
      assertThat(values(x.irfft())[0].re()).isEqualTo(0.5);
      if (!dtype.isComplex()) {
        assertThat(x.rfft().dtype()).isEqualTo(complex);
        assertThat(values(x.rfft())).hasSize(2);
      }
    }
  }

  @Test
  void severalAxesOneAfterTheOther() {
    Complex[] x = numbers(6 * 10 * 9);
    NDArray given = session.array(x).reshape(6, 10, 9).rechunk(4, 5, 9);
    near("all", given.fftn(), values(given.fft(0).fft(1).fft(2)), 2 * ALLOWED);
    near("some", given.fftn(2, 0), values(given.fft(0).fft(2)), 2 * ALLOWED);
    near("back", given.fftn().ifftn(), x, 4 * ALLOWED);
    near("last two", given.fft2(), values(given.fftn(1, 2)), 0);
    near("back 2", given.fft2().ifft2(), x, 4 * ALLOWED);
    NDArray real = given.real();
    near("real", real.rfftn(0, 1), values(given.real().rfft(1).fft(0)), 2 * ALLOWED);
    near(
        "real back",
        real.rfft2().irfftn(new long[] {10, 9}, new int[] {1, 2}, FourierNorm.BACKWARD),
        real(x),
        4 * ALLOWED);
    near("real, even", real.rfftn(2, 1).irfftn(2, 1), real(x), 4 * ALLOWED);
    assertThat(real.rfft2().irfft2().shape().extents()).containsExactly(6, 10, 8);
    NDArray cut = given.fftn(new long[] {4, -1}, new int[] {0, 2}, FourierNorm.ORTHO);
    near(
        "extents",
        cut,
        values(given.fft(4, 0, FourierNorm.ORTHO).fft(9, 2, FourierNorm.ORTHO)),
        2 * ALLOWED);
    near(
        "extents back",
        cut.ifftn(new long[] {4, -1}, new int[] {0, 2}, FourierNorm.ORTHO),
        values(given.slice("0:4")),
        4 * ALLOWED);
    near(
        "real extents",
        real.rfftn(new long[] {4, 5}, new int[] {0, 2}, FourierNorm.FORWARD),
        values(real.rfft(5, 2, FourierNorm.FORWARD).fft(4, 0, FourierNorm.FORWARD)),
        2 * ALLOWED);
  }

  @Test
  void whatIsNoNumberStaysInItsLine() {
    NDArray x =
        session.array(new double[][] {{1, Double.NaN, 2, 3}, {1, 2, 3, 4}, {1, 2, 1 / 0.0, 4}});
    Complex[] found = values(x.fft());
    for (int k = 0; k < 4; k++) {
      assertThat(found[k].re() + found[k].im()).isNaN();
    }
    assertThat(found[4]).isEqualTo(new Complex(10, 0));
    assertThat(found[5]).isEqualTo(new Complex(-2, 2));
    assertThat(found[8].re()).isInfinite();
  }

  @Test
  void emptyArraysAndWhatCannotBe() {
    assertThat(session.zeros(0, 4).fft().shape().extents()).containsExactly(0, 4);
    assertThat(session.zeros(0, 4).rfft().shape().extents()).containsExactly(0, 3);
    assertThat(session.zeros(0, 4).irfft().shape().extents()).containsExactly(0, 6);
    assertThat(values(session.zeros(0).fft(3, 0, FourierNorm.BACKWARD)))
        .containsOnly(new Complex(0, 0));
    NDArray x = session.zeros(3, 4);
    refused(
        () -> session.zeros(0, 4).fft(0),
        "fft: invalid number of data points 0 along axis 0 of shape (0, 4); use n of 1 or more");
    refused(() -> x.fft(-1, 0, FourierNorm.ORTHO), "fft: invalid number of data points -1 along");
    refused(() -> x.slice(":, 0:1").irfft(), "irfft: invalid number of data points 0 along axis 1");
    refused(() -> x.ifft(2), "ifft: axis 2 is out of range for shape (3, 4)");
    refused(() -> session.scalar(1.0).fft(), "fft: axis -1 is out of range for shape ()");
    refused(() -> x.fftn(0, 5), "fftn: axis 5 is out of range");
    refused(() -> session.zeros(3).fft2(), "fftn: axis -2 is out of range");
    refused(() -> session.scalar(1.0).rfftn(), "rfftn: no axis to transform of shape ()");
    refused(
        () -> x.fftn(new long[] {3}, new int[] {0, 1}, FourierNorm.ORTHO),
        "fftn: 1 extents for 2 axes; give one for each axis");
    refused(() -> x.fft().rfft(), "rfft: the array is complex128; it must be real, take fft");
    refused(
        () -> x.multiply(FourierNorm.of("orto").ordinal()),
        "norm 'orto' is not one of backward, ortho, forward");
    refused(
        () -> session.zeros((1L << 31) + 11).fft(),
        "fft: lines of 2147483659 elements have a prime above 31; give n of 2149908480");
  }

  private static void refused(Supplier<NDArray> use, String message) {
    assertThatThrownBy(use::get).isInstanceOf(UsageException.class).hasMessageStartingWith(message);
  }
}
