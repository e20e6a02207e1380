package dev.weft.cpu.reduce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;
import static org.assertj.core.api.Assertions.within;

import dev.weft.cpu.memory.Memory;
import dev.weft.cpu.vector.Lanes;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BlockReducerTest {
  private static final int[] LENGTHS = {1, 2, 31, 33, 63, 64, 65, 100, 127, 128, 129, 4095, 4096};
  private static final List<ReduceKind> PLAIN =
      List.of(ReduceKind.SUM, ReduceKind.PROD, ReduceKind.MIN, ReduceKind.MAX);

  private final Arena arena = Arena.ofConfined();
  private final long partial = arena.allocate(1 << 20, 64).address();
  private final long scratch = arena.allocate(1 << 20, 64).address();

  @AfterEach
  void free() {
    arena.close();
  }

  private static DoubleBinaryOperator operator(ReduceKind kind) {
    return switch (kind) {
      case SUM -> Double::sum;
      case PROD -> (a, b) -> a * b;
      case MIN -> Math::min;
      default -> Math::max;
    };
  }

  private static List<BlockReducer> forms(ReduceKind kind, Element element) {
    List<BlockReducer> forms = new ArrayList<>();
    forms.add(BlockReducer.of(kind, element, null));
    Lanes.all().forEach(lanes -> forms.add(BlockReducer.of(kind, element, lanes)));
    return forms;
  }

  /** Numbers whose sum depends on the order, with some of the odd ones if asked for. */
  private static double[] numbers(int n, int seed, boolean odd) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] x = new double[n];
    for (int i = 0; i < n; i++) {
      x[i] = (random.nextDouble() - 0.5) * Math.pow(10, random.nextInt(6)) + 1e-3;
      if (odd && random.nextInt(20) == 0) {
        x[i] = new double[] {0.0, -0.0, 1.0, -1.0}[random.nextInt(4)];
      }
    }
    return x;
  }

  private long write(double[] x, Element element) {
    long address = arena.allocate(8L * x.length + 64, 64).address();
    for (int i = 0; i < x.length; i++) {
      switch (element) {
        case FLOAT64 -> Memory.putDouble(address + 8L * i, x[i]);
        case FLOAT32 -> Memory.putFloat(address + 4L * i, (float) x[i]);
        case INT64 -> Memory.putLong(address + 8L * i, (long) (x[i] * 1e12));
        case INT32 -> Memory.putInt(address + 4L * i, (int) (x[i] * 1e4));
      }
    }
    return address;
  }

  private static double[] asRead(double[] x, Element element) {
    return element == Element.FLOAT32 ? Arrays.stream(x).map(v -> (double) (float) v).toArray() : x;
  }

  private static void assertSameBits(double actual, double expected, String what) {
    assertThat(Double.doubleToRawLongBits(actual))
        .as("%s: %s for %s", what, actual, expected)
        .isEqualTo(Double.doubleToLongBits(expected));
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT64", "FLOAT32"})
  void floatingBlocksFollowTheOrderToTheBit(Element element) {
    for (ReduceKind kind : PLAIN) {
      for (BlockReducer form : forms(kind, element)) {
        for (int n : LENGTHS) {
          double[] x = numbers(n, n, true);
          form.reduce(write(x, element), n, 0, partial);
          double expected = OrderedSum.block(operator(kind), asRead(x, element));
          assertSameBits(Memory.getDouble(partial), expected, kind + " of " + n);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"INT64", "INT32"})
  void integerBlocksWrapAround(Element element) {
    for (ReduceKind kind : PLAIN) {
      for (BlockReducer form : forms(kind, element)) {
        for (int n : LENGTHS) {
          long address = write(numbers(n, n, false), element);
          form.reduce(address, n, 0, partial);
          LongLoad load = LongLoad.of(element);
          long expected =
              IntStream.range(0, n)
                  .mapToLong(i -> load.load(address + (long) i * element.bytes()))
                  .reduce(
                      (a, b) ->
                          switch (kind) {
                            case SUM -> a + b;
                            case PROD -> a * b;
                            case MIN -> Math.min(a, b);
                            default -> Math.max(a, b);
                          })
                  .orElseThrow();
          assertThat(Memory.getLong(partial)).as("%s of %d", kind, n).isEqualTo(expected);
        }
      }
    }
  }

  @Test
  void noElementsGiveTheIdentity() {
    for (BlockReducer form : forms(ReduceKind.SUM, Element.FLOAT64)) {
      form.reduce(0, 0, 0, partial);
      assertSameBits(Memory.getDouble(partial), 0.0, "sum");
    }
    for (BlockReducer form : forms(ReduceKind.MIN, Element.INT32)) {
      form.reduce(0, 0, 0, partial);
      assertThat(Memory.getLong(partial)).isEqualTo(Long.MAX_VALUE);
    }
    for (BlockReducer form : forms(ReduceKind.ARGMAX, Element.FLOAT64)) {
      assertThatThrownBy(() -> form.reduce(0, 0, 0, partial))
          .hasMessage("ARGMAX of no elements is not defined");
    }
  }

  @Test
  void nanInfinityAndSignedZeroAreKept() {
    for (int n : new int[] {1, 70, 200}) {
      for (double special : new double[] {Double.NaN, Double.POSITIVE_INFINITY, -0.0}) {
        double[] x = new double[n];
        Arrays.fill(x, special == 0 ? special : 1.0);
        x[n - 1] = special;
        for (ReduceKind kind : PLAIN) {
          for (BlockReducer form : forms(kind, Element.FLOAT64)) {
            form.reduce(write(x, Element.FLOAT64), n, 0, partial);
            assertSameBits(
                Memory.getDouble(partial), OrderedSum.block(operator(kind), x), kind.toString());
          }
        }
      }
    }
    double[] both = {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
    for (BlockReducer form : forms(ReduceKind.SUM, Element.FLOAT64)) {
      form.reduce(write(both, Element.FLOAT64), 2, 0, partial);
      assertSameBits(Memory.getDouble(partial), Double.NaN, "inf - inf");
    }
  }

  /** One odd number anywhere among others decides, or changes nothing. */
  @ParameterizedTest
  @EnumSource(
      value = Element.class,
      names = {"FLOAT32", "FLOAT64"})
  void extremesHeedOddNumbersEverywhere(Element element) {
    double[] odd = {
      Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -0.0, 0.0, Double.MIN_VALUE
    };
    for (ReduceKind kind : new ReduceKind[] {ReduceKind.MIN, ReduceKind.MAX}) {
      List<BlockReducer> forms = forms(kind, element);
      for (int n : new int[] {37, 64, 333}) {
        for (double fill : new double[] {0.0, -0.0, 1.0, -1.0, Double.POSITIVE_INFINITY}) {
          for (int at = 0; at < n; at += 3) {
            double[] x = new double[n];
            Arrays.fill(x, fill);
            x[at] = odd[at % odd.length];
            x[n - 1 - at] = odd[(at + n) % odd.length];
            DoubleStream rounded =
                Arrays.stream(x).map(v -> element == Element.FLOAT32 ? (float) v : v);
            double expected =
                (kind == ReduceKind.MIN ? rounded.min() : rounded.max()).orElseThrow();
            long address = write(x, element);
            for (BlockReducer form : forms) {
              form.reduce(address, n, 0, partial);
              assertSameBits(Memory.getDouble(partial), expected, kind + " " + n + " " + at);
            }
          }
        }
      }
    }
  }

  @Test
  void argumentsOfExtremesAreTheFirst() {
    double[] x = numbers(300, 7, false);
    x[70] = x[200] = -1e9;
    x[71] = x[250] = 1e9;
    for (Element element : Element.values()) {
      long address = write(x, element);
      for (BlockReducer form : forms(ReduceKind.ARGMIN, element)) {
        form.reduce(address, 300, 4096, partial);
        assertThat(Memory.getLong(partial + 8)).isEqualTo(4096 + 70);
      }
      for (BlockReducer form : forms(ReduceKind.ARGMAX, element)) {
        form.reduce(address, 300, 0, partial);
        assertThat(Memory.getLong(partial + 8)).isEqualTo(71);
      }
    }
    x[100] = x[260] = Double.NaN;
    for (BlockReducer form : forms(ReduceKind.ARGMIN, Element.FLOAT64)) {
      form.reduce(write(x, Element.FLOAT64), 300, 0, partial);
      assertThat(Memory.getLong(partial + 8)).isEqualTo(100);
      assertSameBits(Memory.getDouble(partial), Double.NaN, "value");
    }
    for (BlockReducer form : forms(ReduceKind.ARGMAX, Element.FLOAT64)) {
      form.reduce(write(new double[] {-0.0, 0.0}, Element.FLOAT64), 2, 0, partial);
      assertThat(Memory.getLong(partial + 8)).as("zeros of both signs are equal").isZero();
    }
  }

  @Test
  void blocksMeetInTheTree() {
    for (int blocks : new int[] {1, 2, 3, 5, 8, 13}) {
      double[] x = numbers(blocks * 4096 - 17, blocks, false);
      List<Double> each = new ArrayList<>();
      for (int b = 0; b < blocks; b++) {
        double[] block = Arrays.copyOfRange(x, b * 4096, Math.min(x.length, (b + 1) * 4096));
        each.add(OrderedSum.block(Double::sum, block));
      }
      long address = write(x, Element.FLOAT64);
      for (BlockReducer form : forms(ReduceKind.SUM, Element.FLOAT64)) {
        for (int b = 0; b < blocks; b++) {
          int n = Math.min(4096, x.length - b * 4096);
          form.reduce(address + b * 32768L, n, b * 4096L, partial + 8L * b);
        }
        form.combineAll(partial, blocks, 1);
        assertSameBits(
            Memory.getDouble(partial), OrderedSum.tree(Double::sum, each), blocks + " blocks");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void columnsHaveTheBitsOfSequences(ReduceKind kind) {
    int columns = 531;
    for (Element element : new Element[] {Element.FLOAT64, Element.FLOAT32, Element.INT32}) {
      BlockReducer plain = BlockReducer.of(kind, element, null);
      int planes = plain.planes();
      for (int rows : new int[] {1, 3, 16, 32, 64, 65, 150, 512, 1100}) {
        double[] x = numbers(rows * columns, rows, true);
        long address = write(x, element);
        long turned = arena.allocate(8L * x.length, 64).address();
        for (int i = 0; i < x.length; i++) {
          long to = turned + (long) element.bytes() * (i % columns * rows + i / columns);
          Memory.copy(address + (long) element.bytes() * i, to, element.bytes());
        }
        for (BlockReducer form : forms(kind, element)) {
          long stride = (long) columns * element.bytes();
          form.reduceColumns(address, stride, rows, columns, 5, scratch, partial);
          for (int c = 0; c < columns; c++) {
            long one = scratch;
            plain.reduce(turned + (long) c * rows * element.bytes(), rows, 5, one);
            for (int p = 0; p < planes; p++) {
              long actual = Memory.getLong(partial + 8L * (p * columns + c));
              if (actual != Memory.getLong(one + 8L * p)) {
                fail("%s %s, column %d of %d rows, plane %d", kind, element, c, rows, p);
              }
            }
          }
        }
      }
    }
  }

  @Test
  void momentsAreThoseOfTheWholeSequence() {
    double[] x = Arrays.stream(numbers(9000, 3, false)).map(v -> 1e6 + v).toArray();
    long address = write(x, Element.FLOAT64);
    for (BlockReducer form : forms(ReduceKind.MOMENTS, Element.FLOAT64)) {
      for (int b = 0; b < 3; b++) {
        form.reduce(address + b * 32768L, Math.min(4096, 9000 - b * 4096), 0, partial + 24L * b);
      }
      form.combineAll(partial, 3, 1);
      double mean = Arrays.stream(x).average().orElseThrow();
      double squares = Arrays.stream(x).map(v -> (v - mean) * (v - mean)).sum();
      assertThat(Memory.getDouble(partial)).isEqualTo(9000);
      assertThat(Memory.getDouble(partial + 8)).isCloseTo(mean, within(1e-8));
      assertThat(Memory.getDouble(partial + 16)).isCloseTo(squares, within(1e-11 * squares));
    }
  }

  @Test
  void compiledCodeHasTheBitsOfTheFirstCall() {
    long address = write(numbers(4096, 1, false), Element.FLOAT64);
    BlockReducer form = BlockReducer.of(ReduceKind.MOMENTS, Element.FLOAT64, Lanes.preferred());
    form.reduce(address, 4095, 0, partial);
    for (int i = 0; i < 20_000; i++) {
      form.reduce(address, 4095, 0, partial + 24);
    }
    assertThat(Memory.getLong(partial + 32)).isEqualTo(Memory.getLong(partial + 8));
    assertThat(Memory.getLong(partial + 40)).isEqualTo(Memory.getLong(partial + 16));
  }
}
