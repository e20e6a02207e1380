package dev.weft.cpu.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.weft.cpu.memory.Memory;
import dev.weft.cpu.vector.Lanes;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ConversionTest {
  private static List<Conversion> forms(StoredType from, StoredType to) {
    List<Conversion> forms = new ArrayList<>();
    forms.add(Conversion.of(from, to, null));
    Lanes.all().forEach(lanes -> forms.add(Conversion.of(from, to, lanes)));
    return forms;
  }

  @Test
  void convertsAsNumpyDoes() throws IOException {
    Map<String, List<String[]>> pairs;
    try (InputStream in = ConversionTest.class.getResourceAsStream("conversions.csv")) {
      pairs =
          new String(in.readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .skip(1)
              .map(line -> line.split(","))
              .collect(Collectors.groupingBy(field -> field[0] + " " + field[1]));
    }
    assertThat(pairs).hasSize(121);
    pairs.forEach(
        (name, rows) -> {
          StoredType from = StoredType.valueOf(rows.getFirst()[0].toUpperCase(Locale.ROOT));
          StoredType to = StoredType.valueOf(rows.getFirst()[1].toUpperCase(Locale.ROOT));
          // Repeated so that every vector width meets every value, with a rest at the end.
          int n = rows.size() * 16 + rows.size();
          try (Arena arena = Arena.ofConfined()) {
            long source = arena.allocate(8L * n, 64).address();
            long target = arena.allocate(8L * n, 64).address();
            for (int i = 0; i < n; i++) {
              long bits = Long.parseUnsignedLong(rows.get(i % rows.size())[2]);
              put(source + (long) i * from.bytes(), from, bits);
            }
            for (Conversion form : forms(from, to)) {
              form.convert(source, target, n);
              for (int i = 0; i < n; i++) {
                String[] row = rows.get(i % rows.size());
                long actual = bits(target + (long) i * to.bytes(), to);
                if (actual != Long.parseUnsignedLong(row[3])) {
                  fail("%s of bits %s: %s for %s", name, row[2], actual, row[3]);
                }
              }
            }
          }
        });
  }

  private static void put(long address, StoredType type, long bits) {
    switch (type.bytes()) {
      case 1 -> Memory.putByte(address, (byte) bits);
      case 2 -> Memory.putShort(address, (short) bits);
      case 4 -> Memory.putInt(address, (int) bits);
      default -> Memory.putLong(address, bits);
    }
  }

  private static long bits(long address, StoredType type) {
    return switch (type.bytes()) {
      case 1 -> Memory.getByte(address) & 0xFF;
      case 2 -> Memory.getShort(address) & 0xFFFF;
      case 4 -> Memory.getInt(address) & 0xFFFFFFFFL;
      default -> Memory.getLong(address);
    };
  }

  @Test
  void outOfRangeTakesTheNearest() {
    double[] values = {1e300, -1e300, Double.NaN, Double.POSITIVE_INFINITY, 3e9};
    long[] expected64 = {Long.MAX_VALUE, Long.MIN_VALUE, 0, Long.MAX_VALUE, 3_000_000_000L};
    int[] expected32 = {
      Integer.MAX_VALUE, Integer.MIN_VALUE, 0, Integer.MAX_VALUE, Integer.MAX_VALUE
    };
    try (Arena arena = Arena.ofConfined()) {
      long source = arena.allocate(8 * 40, 64).address();
      long target = arena.allocate(8 * 40, 64).address();
      for (int i = 0; i < 40; i++) {
        Memory.putDouble(source + 8L * i, values[i % 5]);
      }
      for (Conversion form : forms(StoredType.FLOAT64, StoredType.INT64)) {
        form.convert(source, target, 40);
        for (int i = 0; i < 40; i++) {
          assertThat(Memory.getLong(target + 8L * i)).isEqualTo(expected64[i % 5]);
        }
      }
      for (Conversion form : forms(StoredType.FLOAT64, StoredType.INT32)) {
        form.convert(source, target, 40);
        for (int i = 0; i < 40; i++) {
          assertThat(Memory.getInt(target + 4L * i)).isEqualTo(expected32[i % 5]);
        }
      }
    }
  }
}
