package dev.weft.testkit.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.HostArray;
import dev.weft.core.NDArray;
import dev.weft.core.dtype.DType;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Means and deviations of float32 are those of float64, rounded once; sums beside them too. */
public abstract class SinglePrecisionSuite extends SessionSuite {
  private static final int ROWS = 500;
  private static final int COLUMNS = 37;

  private static float[][] values() {
    Random random = new Random(19);
    float[][] values = new float[ROWS][COLUMNS];
    for (float[] row : values) {
      for (int i = 0; i < COLUMNS; i++) {
        row[i] = (float) (random.nextGaussian() * Math.pow(10, random.nextInt(4)));
      }
    }
    return values;
  }

  private static BigDecimal mean(float[] row) {
    BigDecimal sum = BigDecimal.ZERO;
    for (float value : row) {
      sum = sum.add(new BigDecimal(value));
    }
    return sum.divide(BigDecimal.valueOf(row.length), MathContext.DECIMAL128);
  }

  private static double deviation(float[] row) {
    BigDecimal mean = mean(row);
    BigDecimal squares = BigDecimal.ZERO;
    for (float value : row) {
      squares = squares.add(new BigDecimal(value).subtract(mean).pow(2));
    }
    return squares
        .divide(BigDecimal.valueOf(row.length), MathContext.DECIMAL128)
        .sqrt(MathContext.DECIMAL64)
        .doubleValue();
  }

  @Test
  final void meansAndDeviationsAreRoundedOnce() {
    float[][] values = values();
    for (NDArray x :
        new NDArray[] {session.array(values), session.array(values).rechunk(ROWS, 10)}) {
      float[] means = floats(x.mean(1));
      float[] deviations = floats(x.std(1));
      float[] nanMeans = floats(x.nanmean(1));
      float[] nanDeviations = floats(x.nanstd(1));
      for (int i = 0; i < ROWS; i++) {
        float mean = mean(values[i]).floatValue();
        float deviation = (float) deviation(values[i]);
        assertThat(new float[] {means[i], nanMeans[i]}).containsOnly(mean);
        assertThat(new float[] {deviations[i], nanDeviations[i]}).containsOnly(deviation);
      }
    }
  }

  @Test
  final void largeOnesDoNotOverflowOnTheWay() {
    float large = Float.MAX_VALUE;
    NDArray same = session.array(new float[] {3e38f, 3e38f});
    assertThat(floats(same.mean())).containsExactly(3e38f);
    assertThat(floats(same.nanmean())).containsExactly(3e38f);
    NDArray apart = session.array(new float[] {large, 0});
    assertThat(floats(apart.std())).containsExactly(large / 2);
    assertThat(floats(apart.std(1.0))).containsExactly((float) (large / Math.sqrt(2)));
    assertThat(floats(apart.nanstd())).containsExactly(large / 2);
    assertThat(floats(apart.var())).containsExactly(Float.POSITIVE_INFINITY);
    NDArray centred = apart.subtract(apart.mean(0).expandDims(0));
    assertThat(floats(centred)).containsExactly(large / 2, -large / 2);
  }

  @Test
  final void aMeanThatIsLargeLosesNoVariance() {
    NDArray x = session.array(new float[] {16777216f, 16777218f, 16777240f});
    double mean = (16777216.0 + 16777218 + 16777240) / 3;
    double squares =
        Math.pow(16777216 - mean, 2) + Math.pow(16777218 - mean, 2) + Math.pow(16777240 - mean, 2);
    assertThat(floats(x.nanvar())).containsExactly((float) (squares / 3));
    assertThat(floats(x.nanvar())).containsExactly(floats(x.var()));
  }

  @Test
  final void infinitiesAreNoMissingValues() {
    double infinite = Double.POSITIVE_INFINITY;
    NDArray x = session.array(new double[] {infinite, 1, Double.NaN});
    assertThat(x.nanvar().toDouble()).isNaN();
    assertThat(x.nanstd().toDouble()).isNaN();
    assertThat(x.nanmean().toDouble()).isEqualTo(infinite);
    NDArray one = session.array(new double[] {5, Double.NaN});
    assertThat(one.nanvar().toDouble()).isZero();
    assertThat(one.nanvar(1.0).toDouble()).isNaN();
  }

  @Test
  final void nothingButNegativeZerosAddUpToOne() {
    // As IEEE 754 has it; NumPy's 0.0 comes of a zero that it begins with.
    NDArray x = session.array(new double[] {-0.0, -0.0});
    assertThat(x.sum().toDouble()).isEqualTo(-0.0);
    assertThat(x.slice(":0").sum().toDouble()).isEqualTo(0.0);
  }

  private static float[] floats(NDArray x) {
    assertThat(x.dtype()).isEqualTo(DType.FLOAT32);
    try (HostArray values = x.compute()) {
      return values.toFloatArray();
    }
  }
}
