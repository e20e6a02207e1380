package dev.weft.testkit.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.core.HostArray;
import dev.weft.core.Index;
import dev.weft.core.NDArray;
import dev.weft.core.Session;
import dev.weft.core.dtype.DType;
import dev.weft.core.error.DeviceException;
import dev.weft.core.error.JobFailedException;
import dev.weft.core.error.UsageException;
import dev.weft.core.error.WeftException;
import dev.weft.testkit.LongSuites;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.LongUnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Extents about which arithmetic with int, or with long, goes wrong: whoever asks for such an array
 * gets right elements, or is told why not; never another answer, and no end of the process.
 */
@Tag("long")
@Timeout(600)
public abstract class HugeExtentsSuite extends SessionSuite {
  private static final int ROUNDS = LongSuites.part(200);
  private static final long[] NEAR = {1L << 31, 1L << 32, 1L << 48, 1L << 60, 1L << 62};

  private final SplittableRandom random = new SplittableRandom(27);

  /** An array of one axis, and what its elements are. */
  private record Known(NDArray array, LongUnaryOperator at) {
    long size() {
      return array.size();
    }
  }

  @Test
  void elementsAreRightOrThereIsAReason() {
    int right = 0;
    for (int round = 0; round < ROUNDS; round++) {
      Known known = null;
      StringBuilder steps = new StringBuilder();
      try {
        known = start(steps);
        for (int step = random.nextInt(4); step > 0 && known.size() > 0; step--) {
          known = step(known, steps);
        }
        assertThat(elements(known)).as(steps.toString()).isTrue();
        right++;
      } catch (UsageException | DeviceException | JobFailedException e) {
        assertReason(steps.toString(), e);
      }
      if (known != null && known.array().nbytes() > session.memory().limit()) {
        refused(steps.toString(), known.array());
      }
    }
    assertThat(right).isGreaterThan(ROUNDS / 4);
  }

  /** Refusals name numbers; those of devices are about memory. */
  private static void assertReason(String steps, WeftException e) {
    assertThat(e.getMessage()).as(steps).containsPattern("[0-9]");
    if (e instanceof JobFailedException) {
      assertThat(e.getCause()).as(steps).isInstanceOf(DeviceException.class);
    }
    if (!(e instanceof UsageException)) {
      assertThat(e.getMessage()).as(steps).containsAnyOf("limit", "JVM's heap");
    }
  }

  private static void refused(String steps, NDArray array) {
    try (HostArray whole = array.compute()) {
      assertThat(whole.nbytes()).as(steps).isNegative();
    } catch (UsageException | DeviceException | JobFailedException e) {
      assertReason(steps, e);
    }
  }

  private long extent() {
    int which = random.nextInt(NEAR.length + 1);
    long near = which == NEAR.length ? Long.MAX_VALUE - 2 : NEAR[which];
    return near + random.nextInt(-2, 3);
  }

  private Known start(StringBuilder steps) {
    long n = extent();
    return switch (random.nextInt(3)) {
      case 0 -> {
        steps.append("arange ").append(n);
        yield new Known(session.arange(n), i -> i);
      }
      case 1 -> {
        long step = random.nextInt(1, 1 << 20);
        steps.append("arange to ").append(n).append(" by ").append(step);
        yield new Known(session.arange(-n, n, step), i -> i * step - n);
      }
      default -> {
        steps.append("uint8 ").append(n);
        yield new Known(session.array(new byte[] {7}).cast(DType.UINT8).broadcastTo(n), i -> 7);
      }
    };
  }

  private Known step(Known x, StringBuilder steps) {
    long n = x.size();
    LongUnaryOperator f = x.at();
    NDArray a = x.array();
    int which = random.nextInt(9);
    long number = random.nextBoolean() ? random.nextInt(1, 5) : extent();
    steps.append(", ").append(which).append(" with ").append(number);
    return switch (which) {
      case 0 -> {
        long step = random.nextBoolean() ? number : -number;
        long first = step > 0 ? 0 : n - 1;
        yield new Known(
            a.slice(new Index.Range(null, null, step)), i -> f.applyAsLong(first + i * step));
      }
      case 1 -> {
        long from = number % n;
        yield new Known(a.slice(Index.range(from, n)), i -> f.applyAsLong(from + i));
      }
      case 2 -> new Known(a.flip(), i -> f.applyAsLong(n - 1 - i));
      case 3 -> {
        long shift = number % n;
        yield new Known(
            a.roll(number, 0), i -> f.applyAsLong(i >= shift ? i - shift : i + (n - shift)));
      }
      case 4 -> new Known(a.repeat(number, 0), i -> f.applyAsLong(i / number));
      case 5 -> new Known(a.tile(number), i -> f.applyAsLong(i % n));
      case 6 -> new Known(session.concatenate(0, a, a), i -> f.applyAsLong(i % n));
      case 7 -> new Known(a.rechunk(number), f);
      default -> {
        long half = n / 2;
        NDArray even = a.slice(Index.range(0, half * 2));
        yield new Known(even.reshape(2, -1).slice(Index.at(1)), i -> f.applyAsLong(half + i));
      }
    };
  }

  /** Compares a few elements at both ends and in the middle. */
  private boolean elements(Known x) {
    for (long from : new long[] {0, x.size() / 2, x.size() - 3}) {
      if (from < 0 || from >= x.size()) {
        continue;
      }
      long end = from + Math.min(3, x.size() - from);
      NDArray part = x.array().slice(Index.range(from, end));
      long[] expected = LongStream.range(from, end).map(x.at()).toArray();
      try (HostArray values = part.compute()) {
        assertThat(values.toLongArray()).isEqualTo(expected);
      }
    }
    return true;
  }

  @Test
  void aPieceOfAnArrayThatNoMachineHoldsIsComputed() {
    NDArray x = session.arange(1L << 48);
    assertThat(x.slice("5").toDouble()).isEqualTo(5);
    assertThat(x.slice("-1").toDouble()).isEqualTo(0x1p48 - 1);
    assertThat(x.multiply(2).add(1).slice("::-1").slice("3").toDouble()).isEqualTo(0x1p49 - 7);
    assertThat(session.ones(1L << 29, 1L << 30).slice("5, 7").toDouble()).isOne();
    assertThat(session.zeros(Long.MAX_VALUE, 0).sum().toDouble()).isZero();
    assertThat(session.indices(1, 1L << 29, 1L << 30).t().slice("-1, 0").toDouble())
        .isEqualTo(0x1p30 - 1);
  }

  /** NumPy: {@code len(np.arange(-2**63 + 1, 2**63 - 1, 2**62))} is 4. */
  @Test
  void rangesThatAreWiderThanLongAreCounted() {
    NDArray x = session.arange(-Long.MAX_VALUE, Long.MAX_VALUE, 1L << 62);
    try (HostArray values = x.compute()) {
      assertThat(values.toLongArray())
          .containsExactly(-Long.MAX_VALUE, 1 - (1L << 62), 1, (1L << 62) + 1);
    }
    try (HostArray values = session.arange(Long.MAX_VALUE, 0, Long.MIN_VALUE).compute()) {
      assertThat(values.toLongArray()).containsExactly(Long.MAX_VALUE);
    }
    assertThatThrownBy(() -> session.arange(Long.MIN_VALUE, Long.MAX_VALUE, 1))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("more than 2^63-1 elements");
  }

  @Test
  void sizesThatOverflowAreRefusedWhereTheyArise() {
    List<Consumer<Session>> wrong =
        List.of(
            s -> s.array(new double[] {1}).broadcastTo(1L << 61),
            s -> s.array(new int[] {1}).broadcastTo(1L << 62),
            s -> s.zeros(Long.MAX_VALUE),
            s -> s.ones(DType.BOOL, 1L << 32, 1L << 31),
            s -> s.zeros(DType.UINT8, 0, 1L << 32, 1L << 32),
            s -> s.zeros(DType.UINT8, Long.MAX_VALUE).cast(DType.INT16),
            s -> s.zeros(DType.UINT8, Long.MAX_VALUE).add(1000),
            s -> s.zeros(DType.UINT8, 1L << 62).tile(2),
            s -> s.zeros(DType.UINT8, 1L << 62).repeat(4, 0),
            s -> s.zeros(DType.UINT8, 1L << 62).reshape(1L << 62, 4, -1),
            s -> s.zeros(DType.UINT8, 1L << 62).rechunk(1),
            s ->
                s.zeros(DType.UINT8, 1L << 32)
                    .expandDims(1)
                    .multiply(s.zeros(DType.UINT8, 1L << 31)),
            s -> s.concatenate(0, s.zeros(DType.UINT8, 1L << 62), s.zeros(DType.UINT8, 1L << 62)),
            s -> s.random(1).uniform(1L << 62),
            s -> s.linspace(0, 1, Long.MAX_VALUE),
            s -> s.eye(1L << 31),
            s -> s.zeros(DType.UINT8, 1 << 24, 1 << 24).rechunk(512, 64).sum().compute());
    for (int i = 0; i < wrong.size(); i++) {
      Consumer<Session> use = wrong.get(i);
      assertThatThrownBy(() -> use.accept(session))
          .as("case %d", i)
          .isInstanceOf(UsageException.class)
          .hasMessageContaining(";");
    }
  }
}
