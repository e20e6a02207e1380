package dev.weft.table.group;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExactSumsTest {
  private static double exact(double[] values, int[] ids, int group) {
    return sum(values, ids, group).doubleValue();
  }

  private static BigDecimal sum(double[] values, int[] ids, int group) {
    BigDecimal sum = BigDecimal.ZERO;
    for (int i = 0; i < values.length; i++) {
      if (ids[i] == group) {
        sum = sum.add(new BigDecimal(values[i]));
      }
    }
    return sum;
  }

  private static double[] numbers(Random random, int count, int range) {
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      int exponent = range == 0 ? 0 : random.nextInt(2 * range) - range;
      values[i] = Math.scalb(random.nextGaussian(), exponent);
    }
    return values;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 10, 60, 300, 1000})
  void areThoseOfBigDecimals(int range) {
    Random random = new Random(range);
    for (int groups : new int[] {1, 3, 200}) {
      double[] values = numbers(random, 3000, range);
      int[] ids = random.ints(values.length, 0, groups).toArray();
      ExactSums sums = new ExactSums();
      sums.groups(groups);
      sums.add(ids, values, values.length);
      for (int g = 0; g < groups; g++) {
        assertThat(sums.get(g)).isEqualTo(exact(values, ids, g));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 36, 37, 38, 39})
  void areExactAtTheEdgesOfWindows(int places) {
    Random random = new Random(places);
    for (int exponent : new int[] {-1060, -1000, -960, -38, 0, 900, 983}) {
      double[] values = new double[500];
      for (int i = 0; i < values.length; i++) {
        double mantissa = 1 + random.nextInt(3) * (1 - Math.ulp(1.0)) / 2;
        double size =
            Math.scalb(mantissa, exponent + (i < 2 ? i * places : random.nextInt(places)));
        values[i] = i % 7 == 6 ? 0.0 : random.nextBoolean() ? size : -size;
      }
      for (int groups : new int[] {1, 3}) {
        int[] ids = random.ints(values.length, -1, groups).toArray();
        ExactSums sums = new ExactSums();
        sums.groups(groups);
        sums.add(ids, values, values.length);
        sums.add(new int[values.length], values, values.length);
        for (int g = 0; g < groups; g++) {
          BigDecimal sum = sum(values, ids, g);
          sum = g == 0 ? sum.add(sum(values, new int[values.length], 0)) : sum;
          assertThat(sums.get(g)).isEqualTo(sum.doubleValue());
        }
      }
    }
  }

  @Test
  void manyNumbersAreAddedBlockByBlock() {
    Random random = new Random(3);
    double[] values = numbers(random, 2 * NumberWindow.BLOCK + 5, 5);
    Arrays.fill(values, 0, NumberWindow.BLOCK, Math.nextDown(2.0));
    int[] ids = new int[values.length];
    ExactSums sums = new ExactSums();
    sums.groups(1);
    sums.add(ids, values, values.length);
    assertThat(sums.get(0)).isEqualTo(exact(values, ids, 0));
  }

  @Test
  void mergedInAnyOrderAreTheSame() {
    Random random = new Random(7);
    for (int round = 0; round < 200; round++) {
      int groups = 1 + random.nextInt(5);
      double[] values = numbers(random, 400, random.nextInt(200));
      int[] ids = random.ints(values.length, 0, groups).toArray();
      ExactSums all = new ExactSums();
      all.groups(groups);
      int[] map = new int[groups];
      Arrays.setAll(map, g -> g);
      for (int at = values.length; at > 0; ) {
        int from = Math.max(0, at - 1 - random.nextInt(100));
        ExactSums part = new ExactSums();
        part.groups(groups);
        part.add(
            Arrays.copyOfRange(ids, from, at), Arrays.copyOfRange(values, from, at), at - from);
        all.merge(map, groups, part);
        at = from;
      }
      for (int g = 0; g < groups; g++) {
        assertThat(all.get(g)).isEqualTo(exact(values, ids, g));
      }
    }
  }

  @Test
  void largeNumbersCancel() {
    ExactSums sums = new ExactSums();
    sums.groups(1);
    sums.add(new int[4], new double[] {1e308, 1, -1e308, Double.MIN_VALUE}, 4);
    assertThat(sums.get(0)).isEqualTo(1);
    sums.add(new int[1], new double[] {-1}, 1);
    assertThat(sums.get(0)).isEqualTo(Double.MIN_VALUE);
  }

  @Test
  void infinitiesAndNanAreSums() {
    ExactSums sums = new ExactSums();
    sums.groups(4);
    sums.add(
        new int[] {0, 0, 1, 1, 2, 2, 3},
        new double[] {
          1,
          Double.POSITIVE_INFINITY,
          Double.NEGATIVE_INFINITY,
          3,
          Double.POSITIVE_INFINITY,
          Double.NEGATIVE_INFINITY,
          Double.NaN
        },
        7);
    assertThat(sums.get(0)).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(sums.get(1)).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(sums.get(2)).isNaN();
    assertThat(sums.get(3)).isNaN();
  }

  @Test
  void sumsBeyondDoublesAreInfinite() {
    ExactSums sums = new ExactSums();
    sums.groups(1);
    sums.add(new int[2], new double[] {Double.MAX_VALUE, Double.MAX_VALUE}, 2);
    assertThat(sums.get(0)).isEqualTo(Double.POSITIVE_INFINITY);
  }
}
