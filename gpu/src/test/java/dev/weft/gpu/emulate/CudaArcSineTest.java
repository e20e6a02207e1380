package dev.weft.gpu.emulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.HostArray;
import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import dev.weft.core.memory.DeviceGroup;
import dev.weft.core.place.Rates;
import dev.weft.core.reference.ReferenceDevice;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * The arcsine of the CUDA text: the bits of the JVM's, and so within one unit in the last place.
 */
@EnabledIf(value = "dev.weft.gpu.emulate.Emulation#hasCompiler", disabledReason = Emulation.NOT_RUN)
@Timeout(300)
final class CudaArcSineTest {
  private static final int COUNT = 200_000;
  private static final int CHECKED = 3_000;
  private static final MathContext DIGITS = new MathContext(45);

  /** All branches, their ends, and where CUDA's own function was 2 ulp off. */
  private static double[] numbers() {
    double[] special = {
      0,
      -0.0,
      1,
      -1,
      0.5,
      -0.5,
      0.975,
      -0.975,
      0.97499999,
      0x1p-27,
      0x1p-28,
      -0x1p-1074,
      1.5,
      Double.NaN,
      Double.NEGATIVE_INFINITY,
      -0.6096062125921291,
      0.6096062125921291,
      Math.nextDown(0.5),
      Math.nextUp(0.5),
      Math.nextDown(1.0),
      Double.MIN_NORMAL
    };
    SplittableRandom random = new SplittableRandom(11);
    double[] numbers = new double[COUNT];
    for (int i = 0; i < COUNT; i++) {
      double number = random.nextDouble(-1, 1);
      numbers[i] = i % 4 == 0 ? Math.scalb(number, -random.nextInt(40)) : number;
      if (i % 4 == 1) {
        numbers[i] = Math.copySign(1 - Math.scalb(Math.abs(number), -random.nextInt(50)), number);
      }
    }
    System.arraycopy(special, 0, numbers, 0, special.length);
    return numbers;
  }

  private static double[] onTheGpu(double[] numbers) {
    EmulatedGpu gpu = EmulatedGpu.open();
    DeviceGroup devices =
        new DeviceGroup(
            new ReferenceDevice(1L << 28),
            false,
            List.of(gpu.device()),
            (host, device) -> new Rates(1, 1, 1000, 1000, 1000, 1000));
    try (Session session = Session.open(SessionConfig.defaults(), devices);
        HostArray results = session.array(numbers).asin().on("cuda:0").compute()) {
      return results.toDoubleArray();
    }
  }

  @Test
  void itGivesTheBitsOfTheJvm() {
    double[] numbers = numbers();
    double[] results = onTheGpu(numbers);
    for (int i = 0; i < COUNT; i++) {
      assertThat(Double.doubleToLongBits(results[i]))
          .as("asin(%s) = %s", numbers[i], results[i])
          .isEqualTo(Double.doubleToLongBits(StrictMath.asin(numbers[i])));
    }
    double most = 0;
    for (int i = 0; i < CHECKED; i++) {
      if (Math.abs(numbers[i]) < 1) {
        most = Math.max(most, error(numbers[i], results[i]));
      }
    }
    System.out.printf("cuda, emulated: asin is at most %.3f ulp off%n", most);
    assertThat(most).isLessThan(1);
  }

  /** How far {@code y} is from asin(x), in ulps of it: by one step of Newton's method from y. */
  private static double error(double x, double y) {
    BigDecimal exact = new BigDecimal(y);
    BigDecimal sin = series(exact, 1);
    BigDecimal cos = series(exact, 0);
    BigDecimal step = new BigDecimal(x).subtract(sin).divide(cos, DIGITS);
    return Math.abs(step.doubleValue()) / Math.ulp(y);
  }

  /** The series of the sine from the first power on, or that of the cosine from the power 0. */
  private static BigDecimal series(BigDecimal y, int from) {
    BigDecimal square = y.multiply(y, DIGITS).negate();
    BigDecimal term = from == 1 ? y : BigDecimal.ONE;
    BigDecimal sum = term;
    for (int k = from + 1; k < 60; k += 2) {
      term = term.multiply(square, DIGITS).divide(BigDecimal.valueOf((long) k * (k + 1)), DIGITS);
      sum = sum.add(term, DIGITS);
    }
    return sum;
  }
}
