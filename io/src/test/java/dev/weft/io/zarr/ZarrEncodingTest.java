package dev.weft.io.zarr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.core.HostArray;
import dev.weft.core.dtype.DType;
import dev.weft.core.error.UsageException;
import dev.weft.core.shape.Shape;
import dev.weft.io.ArrayEntry;
import dev.weft.io.ArrayFiles;
import dev.weft.io.ArrayName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Shards, names of axes and attributes, as they are written. */
class ZarrEncodingTest {
  private static final ZarrEncoding PLAIN = ZarrEncoding.DEFAULT.withChunk(2, 5);

  @TempDir Path folder;

  private Path write(ZarrEncoding encoding) {
    Path store = folder.resolve("x.zarr");
    double[] numbers = IntStream.range(0, 100).mapToDouble(i -> i < 40 ? 0 : i).toArray();
    try (HostArray array = HostArray.of(numbers, Shape.of(10, 10))) {
      Zarr.write(Zarr.target(ArrayName.of(store), encoding), array);
      try (HostArray found = Zarr.load(ArrayName.of(store))) {
        assertThat(found.toDoubleArray()).containsExactly(numbers);
      }
    }
    return store;
  }

  @Test
  void aShardIsOneFileAndShardsOfZerosAreNone() throws IOException {
    Path store = write(PLAIN.withShards(4, 10));
    try (Stream<Path> files = Files.list(store)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("zarr.json", "c.1.0", "c.2.0");
    }
    ArrayEntry entry = ArrayFiles.list(store).getFirst();
    assertThat(entry.encoding()).isEqualTo("shards, zstd");
  }

  @Test
  void namesOfAxesAndAttributesAreSaidOfTheArray() {
    Map<String, Object> attributes =
        Map.of("units", "K", "valid_range", List.of(0, 350.5), "checked", true);
    Path store = write(PLAIN.withDimensions("lat", "lon").withAttributes(attributes));
    ArrayEntry entry = ArrayFiles.list(store).getFirst();
    assertThat(entry.dimensions()).containsExactly("lat", "lon");
    assertThat(entry.attributes().keySet()).containsExactly("checked", "units", "valid_range");
    assertThat(entry.attributes()).containsEntry("units", "K").containsEntry("checked", "true");
  }

  private static void refused(ZarrEncoding encoding, String message) {
    assertThatThrownBy(() -> encoding.codec(DType.FLOAT64, Shape.of(10, 10)))
        .isInstanceOf(UsageException.class)
        .hasMessage(message);
  }

  @Test
  void refusesWhatDoesNotFit() {
    refused(
        PLAIN.withShards(3, 10),
        "shards [3, 10] of chunks [2, 5]: give the extents of chunks, and multiples of them for shards");
    refused(
        ZarrEncoding.DEFAULT.withShards(4, 10),
        "shards [4, 10] of chunks that are chosen: give the extents of chunks, and multiples of them for shards");
    refused(
        PLAIN.withShards(4),
        "shards [4] of an array of float64 (10, 10): give one extent for each axis, 1 or more, and less than 2^31 bytes in all");
    refused(
        PLAIN.withDimensions("lat"),
        "names of axes [lat] of an array of float64 (10, 10): give one for each axis");
    assertThatThrownBy(() -> PLAIN.withAttributes(Map.of("bad", Double.NaN)))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "attribute bad of an array is NaN of type Double; give texts, finite numbers (Integer, Long, Double), truth values or lists of these");
  }
}
