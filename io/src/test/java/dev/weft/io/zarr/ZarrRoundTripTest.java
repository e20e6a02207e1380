package dev.weft.io.zarr;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.HostArray;
import dev.weft.core.NDArray;
import dev.weft.core.Session;
import dev.weft.core.device.StridedCopy;
import dev.weft.core.dtype.DType;
import dev.weft.core.expr.ArraySource;
import dev.weft.core.expr.RegionCopy;
import dev.weft.core.shape.Chunks;
import dev.weft.core.shape.Region;
import dev.weft.core.shape.Shape;
import dev.weft.io.ArrayEntry;
import dev.weft.io.ArrayFiles;
import dev.weft.io.ArrayName;
import dev.weft.io.file.FileOperations;
import dev.weft.io.file.Trees;
import dev.weft.io.zarr.codec.BloscCodec;
import dev.weft.io.zarr.codec.BytesCodec;
import dev.weft.io.zarr.codec.Crc32c;
import dev.weft.io.zarr.codec.Deflate;
import dev.weft.io.zarr.codec.Shuffle;
import dev.weft.io.zarr.codec.Zstd;
import dev.weft.testkit.LongSuites;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written is read again, to the bit. */
class ZarrRoundTripTest {
  private static final int CASES = 1000;

  @TempDir Path folder;

  @Test
  @Tag("long")
  void allKindsOfArraysAndEncodings() throws IOException {
    int cases = LongSuites.part(CASES);
    for (int seed = 0; seed < cases; seed++) {
      new Case(seed).run(folder.resolve("x" + seed % 3 + ".zarr"));
    }
    System.out.printf("zarr: %d random arrays written and read again%n", cases);
  }

  /** A random array, its encoding, and the regions in which it is written. */
  private static final class Case {
    private final SplittableRandom random;
    private final int seed;
    private final DType dtype;
    private final Shape shape;
    private final ZarrEncoding encoding;

    Case(int seed) {
      this.seed = seed;
      this.random = new SplittableRandom(seed);
      this.dtype = DType.values()[random.nextInt(DType.values().length)];
      long[] extents = new long[random.nextInt(5)];
      Arrays.setAll(extents, axis -> random.nextInt(10) == 0 ? 0 : 1 + random.nextInt(12));
      this.shape = Shape.of(extents);
      Long[] chunk = new Long[extents.length];
      Arrays.setAll(chunk, axis -> 1 + random.nextLong(extents[axis] + 2));
      Long[] shard = chunk.clone();
      Arrays.setAll(shard, axis -> shard[axis] * (1 + random.nextLong(4)));
      this.encoding =
          new ZarrEncoding(
              Optional.of(List.of(chunk)),
              random.nextBoolean() ? Optional.of(List.of(shard)) : Optional.empty(),
              codecs(),
              random.nextBoolean() ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN,
              random.nextBoolean(),
              List.of(),
              Map.of());
    }

    private List<BytesCodec> codecs() {
      List<BytesCodec> codecs = new ArrayList<>();
      int count = random.nextInt(3);
      for (int i = 0; i < count; i++) {
        codecs.add(
            switch (random.nextInt(6)) {
              case 0 -> new Zstd(random.nextInt(5), random.nextBoolean());
              case 1 -> new Deflate(true, random.nextInt(10));
              case 2 -> new Deflate(false, random.nextInt(10));
              case 3 -> new Crc32c();
              case 4 -> new Shuffle(dtype.itemSize());
              default -> blosc();
            });
      }
      return codecs;
    }

    private BytesCodec blosc() {
      String[] compressors = {"lz4", "lz4hc", "zstd", "zlib", "blosclz"};
      String[] shuffles = {"noshuffle", "shuffle", "bitshuffle"};
      return new BloscCodec(
          compressors[random.nextInt(compressors.length)],
          1 + random.nextInt(9),
          shuffles[random.nextInt(shuffles.length)],
          dtype.itemSize());
    }

    private void fill(HostArray array) {
      MemorySegment bytes = array.segment();
      boolean sparse = random.nextBoolean();
      for (long at = 0; at < bytes.byteSize(); at++) {
        int value = sparse && at < bytes.byteSize() / 2 ? 0 : random.nextInt(256);
        bytes.set(ValueLayout.JAVA_BYTE, at, (byte) (dtype == DType.BOOL ? value & 1 : value));
      }
    }

    void run(Path store) throws IOException {
      ArrayName name = new ArrayName(store, seed % 2 == 0 ? "" : "group/x" + seed % 4);
      if (Files.exists(store) && Files.exists(store.resolve("group")) == (seed % 2 == 0)) {
        Trees.delete(store, FileOperations.SYSTEM);
      }
      try (HostArray array = HostArray.allocate(dtype, shape);
          Arena arena = Arena.ofConfined()) {
        fill(array);
        write(Zarr.target(name, encoding), array, arena);
        try (HostArray read = Zarr.load(name)) {
          String what = "seed %d: %s %s, %s".formatted(seed, dtype, shape, encoding);
          assertThat(read.dtype()).as(what).isEqualTo(dtype);
          assertThat(read.shape()).as(what).isEqualTo(shape);
          assertThat(read.segment().mismatch(array.segment())).as(what).isEqualTo(-1);
        }
      }
    }

    /** In regions of one chunk or several. */
    private void write(ZarrTarget target, HostArray array, Arena arena) throws IOException {
      long[] chunk =
          encoding.shard().or(encoding::chunk).orElseThrow().stream()
              .mapToLong(Long::longValue)
              .toArray();
      long[] region = chunk.clone();
      Arrays.setAll(region, axis -> region[axis] * (1 + random.nextInt(3)));
      target.open(dtype, shape);
      Chunks regions = Chunks.regular(shape, region);
      int itemSize = dtype.itemSize();
      long[] strides = StridedCopy.dense(shape.extents(), itemSize);
      ArraySource.Layout whole = new ArraySource.Layout(array.segment(), 0, strides);
      for (long number = 0; number < regions.count(); number++) {
        Region part = regions.region(number);
        MemorySegment elements = arena.allocate(part.size() * itemSize);
        if (part.size() > 0) {
          RegionCopy.gather(whole, itemSize, part, elements);
        }
        target.write(part, elements);
      }
      target.commit();
    }
  }

  @Test
  void aSessionSavesArraysOfOtherChunks() {
    Path store = folder.resolve("out.zarr");
    try (Session session = Session.open()) {
      NDArray x = session.arange(0.0, 1e6, 1.0).reshape(1000, 1000);
      x.rechunk(100, 300).save(store);
      try (HostArray read = Zarr.load(ArrayName.of(store))) {
        assertThat(read.shape()).isEqualTo(Shape.of(1000, 1000));
        for (int i = 0; i < 1_000_000; i++) {
          assertThat(read.getDouble(i / 1000, i % 1000)).isEqualTo(i);
        }
      }
      ArrayEntry entry = ArrayFiles.list(store).getFirst();
      assertThat(entry.chunks().orElseThrow()).hasToString("[2*500 x 1000]");
      assertThat(entry.encoding()).isEqualTo("zstd");
      assertThat(session.load(store).mean().toDouble()).isEqualTo(499_999.5);
    }
  }

  @Test
  void chunksAreOfSomeMebibytesAndCutAlongLeadingAxes() {
    assertThat(chosen(DType.FLOAT64, 1000, 1000)).isEqualTo("[2*500 x 1000]");
    assertThat(chosen(DType.FLOAT32, 100_000_000)).isEqualTo("[96*1041667]");
    assertThat(chosen(DType.FLOAT64, 10, 600, 1000)).isEqualTo("[10*1 x 2*300 x 1000]");
    assertThat(chosen(DType.INT8)).isEqualTo("[]");
    assertThat(chosen(DType.INT8, 0, 5)).isEqualTo("[0 x 5]");
  }

  private String chosen(DType dtype, long... extents) {
    ZarrTarget target = Zarr.target(ArrayName.of(folder.resolve("none.zarr")));
    return target.chunks(dtype, Shape.of(extents)).orElseThrow().toString();
  }

  @Test
  void chunksOfZerosAreLeftOut() throws IOException {
    Path store = folder.resolve("zeros.zarr");
    try (HostArray array = HostArray.of(new double[] {0, 0, 0, 0, -0.0, 0, 0, 0})) {
      Zarr.write(Zarr.target(ArrayName.of(store), ZarrEncoding.DEFAULT.withChunk(2L)), array);
      try (Stream<Path> files = Files.list(store);
          HostArray read = Zarr.load(ArrayName.of(store))) {
        // The bits of -0 are not all 0.
        assertThat(files.map(file -> file.getFileName().toString()))
            .containsExactlyInAnyOrder("zarr.json", "c.2");
        assertThat(read.segment().mismatch(array.segment())).isEqualTo(-1);
      }
    }
  }
}
