package dev.weft.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.dtype.DType;
import dev.weft.core.shape.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ArrayPrinterTest {
  /** An array and what NumPy prints for it. */
  private record Case(String name, DType dtype, Shape shape, byte[] data, String text) {
    @Override
    public String toString() {
      return name;
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void printsAsNumpyDoes(Case expected) {
    try (HostArray array = HostArray.allocate(expected.dtype, expected.shape)) {
      array.segment().copyFrom(MemorySegment.ofArray(expected.data));
      assertThat(array.toString()).isEqualTo(expected.text);
    }
  }

  @Test
  void summaryNamesTypeAndShape() {
    try (HostArray array = HostArray.of(new double[2][3])) {
      assertThat(array.summary()).isEqualTo("float64 (2, 3)");
    }
  }

  @Test
  void closedArrayPrintsItsSummary() {
    HostArray array = HostArray.of(new int[3]);
    array.close();
    assertThat(array.toString()).isEqualTo("int32 (3,) (closed)");
  }

  static List<Case> cases() {
    try (InputStream in = ArrayPrinterTest.class.getResourceAsStream("print-fixtures.txt")) {
      String[] lines = new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n");
      List<Case> cases = new ArrayList<>();
      for (int at = 0; at < lines.length; ) {
        String name = lines[at].substring("case ".length());
        DType dtype = DType.of(lines[at + 1].substring("dtype ".length()));
        String extents = lines[at + 2].substring("shape ".length());
        Shape shape =
            Shape.of(
                Arrays.stream(extents.split(" "))
                    .filter(extent -> !extent.isEmpty())
                    .mapToLong(Long::parseLong)
                    .toArray());
        byte[] packed = Base64.getDecoder().decode(lines[at + 3].substring("data ".length()));
        List<String> text = new ArrayList<>();
        for (at += 4; at < lines.length && lines[at].startsWith("|"); at++) {
          text.add(lines[at].substring(1));
        }
        byte[] data = inflate(packed, shape.size() * dtype.itemSize());
        cases.add(new Case(name, dtype, shape, data, String.join("\n", text)));
      }
      return cases;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] inflate(byte[] packed, long size) {
    byte[] data = new byte[(int) size];
    try (Inflater inflater = new Inflater()) {
      inflater.setInput(packed);
      assertThat(inflater.inflate(data)).isEqualTo(data.length);
      return data;
    } catch (DataFormatException e) {
      throw new IllegalStateException(e);
    }
  }
}
