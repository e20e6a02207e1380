package dev.weft.table.group;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.dtype.DType;
import dev.weft.table.column.ColumnData;
import dev.weft.table.column.ColumnType;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WideSumsTest {
  @ParameterizedTest
  @EnumSource(names = {"INT64", "UINT64"})
  void areThoseOfBigIntegers(DType dtype) {
    Random random = new Random(1);
    for (int round = 0; round < 50; round++) {
      int groups = 1 + random.nextInt(4);
      long[] values = random.longs(200).toArray();
      int[] ids = random.ints(values.length, 0, groups).toArray();
      BigInteger[] sums = new BigInteger[groups];
      Arrays.fill(sums, BigInteger.ZERO);
      for (int i = 0; i < values.length; i++) {
        String text =
            dtype == DType.UINT64 ? Long.toUnsignedString(values[i]) : Long.toString(values[i]);
        sums[ids[i]] = sums[ids[i]].add(new BigInteger(text));
      }
      int half = random.nextInt(values.length);
      WideSums all = part(dtype, values, ids, 0, half, groups);
      int[] map = new int[groups];
      Arrays.setAll(map, g -> g);
      all.merge(map, groups, part(dtype, values, ids, half, values.length, groups));
      for (int g = 0; g < groups; g++) {
        assertThat(all.get(g)).isEqualTo(sums[g].doubleValue());
      }
    }
  }

  private static WideSums part(
      DType dtype, long[] values, int[] ids, int from, int to, int groups) {
    WideSums sums = new WideSums();
    sums.groups(groups);
    sums.add(
        Arrays.copyOfRange(ids, from, to),
        ColumnData.of(new ColumnType.Number(dtype), Arrays.copyOfRange(values, from, to), null));
    return sums;
  }

  @Test
  void missingIntegersAreNotAdded() {
    WideSums sums = new WideSums();
    sums.groups(1);
    sums.add(
        new int[3],
        ColumnData.of(
            new ColumnType.Number(DType.INT32), new int[] {1, 2, 4}, new byte[] {1, 0, 1}));
    assertThat(sums.get(0)).isEqualTo(5);
  }
}
