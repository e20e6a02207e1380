package dev.weft.io.safety;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weft.core.HostArray;
import dev.weft.core.NDArray;
import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import dev.weft.core.dtype.DType;
import dev.weft.core.error.WeftException;
import dev.weft.core.expr.ArraySource;
import dev.weft.io.ArrayFiles;
import dev.weft.io.ArrayName;
import dev.weft.io.Fixtures;
import dev.weft.io.ReadOptions;
import dev.weft.io.npy.Npy;
import dev.weft.io.raw.RawLayout;
import dev.weft.io.zarr.Zarr;
import dev.weft.io.zarr.ZarrEncoding;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Files that others change while they are in use: no result comes of them, in any format. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChangedFilesTest {
  private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");

  @TempDir Path folder;
  private Path result = Path.of("");

  @SuppressWarnings("NullAway.Init")
  private Session session;

  /** Files of all formats, and the one of them that is changed. */
  enum Input {
    NPY("x.npy", "x.npy"),
    NPZ_STORED("npz/sole.npz", "sole.npz"),
    NPZ_DEFLATED("npz/deflated.npz#many", "deflated.npz"),
    RAW("x.bin", "x.bin"),
    HDF5("hdf5/layouts.h5#gzip", "layouts.h5"),
    NETCDF("netcdf/single-f8.nc", "single-f8.nc"),
    NETCDF_4("netcdf/climate-four.nc#tas", "climate-four.nc"),
    CSV("csv/plain.csv", "plain.csv"),
    PARQUET("parquet/sole.parquet", "sole.parquet"),
    PNG("image/grey.png", "grey.png"),
    TIFF("image/stack.tif", "stack.tif"),
    ZARR("x.zarr", "x.zarr/c.1"),
    ZARR_METADATA("x.zarr", "x.zarr/zarr.json"),
    ZARR_SHARD("shards.zarr", "shards.zarr/c.0"),
    STACK("*.npy", "y.npy"),
    STACK_OF_STORES("x.zarr,shards.zarr", "x.zarr/c.1");

    private final String from;
    private final String changed;

    Input(String from, String changed) {
      this.from = from;
      this.changed = changed;
    }

    /** One file, which stays open. */
    private boolean isHeld() {
      return ordinal() < ZARR.ordinal();
    }

    private static HostArray numbers() {
      return HostArray.of(new double[] {1, 2, 3, 4, 5, 6, 7, 8});
    }

    private void make(Path folder) throws IOException {
      assumeTrue(
          this != PNG && this != TIFF || ModuleLayer.boot().findModule("java.desktop").isPresent(),
          "not run: this Java decodes no images");
      Npy.write(folder.resolve("x.npy"), numbers());
      Npy.write(folder.resolve("y.npy"), numbers());
      Files.write(folder.resolve("x.bin"), new byte[64]);
      ZarrEncoding pairs = ZarrEncoding.DEFAULT.withChunk(2);
      store(folder, "x.zarr", pairs, numbers());
      store(folder, "shards.zarr", pairs.withShards(4), numbers());
      if (from.contains("/")) {
        Files.copy(Fixtures.folder(from.replaceAll("#.*", "")), folder.resolve(changed));
      }
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          Files.setLastModifiedTime(file, FileTime.from(LONG_AGO));
        }
      }
    }

    private static void store(Path folder, String name, ZarrEncoding encoding, HostArray array) {
      Zarr.write(Zarr.target(ArrayName.of(folder.resolve(name)), encoding), array);
    }

    private ArraySource open(Path folder) {
      if (this == RAW) {
        return ArrayFiles.source(
            folder.resolve("x.bin"), ReadOptions.PLAIN.raw(new RawLayout(DType.FLOAT64, 8)));
      }
      if (from.contains(",")) {
        String[] both = from.split(",");
        return ArrayFiles.source(Path.of(folder.resolve(both[0]) + "," + folder.resolve(both[1])));
      }
      return ArrayFiles.source(folder.resolve(from.substring(from.indexOf('/') + 1)));
    }
  }

  /** What another program does to a file. */
  enum Change {
    IN_PLACE("changed", "its time was 2020-01-01T00:00:00Z and is ") {
      @Override
      void of(Path file) throws IOException {
        try (FileChannel channel =
            FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
          long middle = channel.size() / 2;
          ByteBuffer one = ByteBuffer.allocate(1);
          channel.read(one, middle);
          channel.write(ByteBuffer.wrap(new byte[] {(byte) (one.get(0) ^ 0x55)}), middle);
        }
      }
    },
    LONGER("changed", " bytes and has ") {
      @Override
      void of(Path file) throws IOException {
        Files.write(file, new byte[10], StandardOpenOption.APPEND);
        Files.setLastModifiedTime(file, FileTime.from(LONG_AGO));
      }
    },
    SHORTER("shortened", " bytes and has ") {
      @Override
      void of(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
          channel.truncate(channel.size() - 1);
        }
      }
    },
    TOUCHED("changed", "its time was 2020-01-01T00:00:00Z and is 2021-01-01T00:00:00Z") {
      @Override
      void of(Path file) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2021-01-01T00:00:00Z")));
      }
    },
    RENAMED_OVER("replaced by another one", "while it was in use") {
      @Override
      void of(Path file) throws IOException {
        Path other = Files.copy(file, file.resolveSibling("other"));
        Files.setLastModifiedTime(other, FileTime.from(LONG_AGO));
        Files.move(other, file, StandardCopyOption.ATOMIC_MOVE);
      }
    },
    REMOVED("removed", "while it was in use") {
      @Override
      void of(Path file) throws IOException {
        Files.delete(file);
      }
    };

    private final String word;
    private final String detail;

    Change(String word, String detail) {
      this.word = word;
      this.detail = detail;
    }

    /** What is open stays as it was. */
    private boolean isOfTheName() {
      return this == RENAMED_OVER || this == REMOVED;
    }

    abstract void of(Path file) throws IOException;
  }

  static Stream<Arguments> all() {
    return Stream.of(Input.values())
        .flatMap(input -> Stream.of(Change.values()).map(change -> Arguments.of(input, change)));
  }

  @BeforeAll
  void open() {
    session = Session.open(SessionConfig.defaults().withDevice("reference").withThreads(2));
  }

  @AfterAll
  void close() {
    assertThat(session.memory().live()).isZero();
    session.close();
  }

  @BeforeEach
  void results() throws IOException {
    result = Files.createDirectory(folder.resolve("results")).resolve("result.npy");
    Npy.write(result, HostArray.of(7));
  }

  /** A sum over all elements; when they have been read, something is done. */
  private NDArray sum(ArraySource source, Path file, Change change) {
    return session
        .array(source)
        .cast(DType.FLOAT64)
        .sum()
        .mapChunks(DType.FLOAT64, (region, inputs, output) -> change.of(file));
  }

  private void requireRefused(NDArray wanted, Path file, Change change) {
    assertThatThrownBy(() -> wanted.save(result))
        .isInstanceOf(WeftException.class)
        .hasMessageContaining("read %s: the file was %s".formatted(file, change.word))
        .hasMessageContaining(change.detail)
        .hasMessageContaining("Run again when nobody writes to it");
    try (HostArray old = Npy.load(result);
        Stream<Path> there = Files.list(result.getParent())) {
      assertThat(old.item()).isEqualTo(7);
      assertThat(there).containsExactly(result);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void duringAJob(Input input, Change change) throws IOException {
    input.make(folder);
    Path file = folder.resolve(input.changed);
    try (ArraySource source = input.open(folder)) {
      if (input.isHeld() && change.isOfTheName()) {
        requireTheOldContent(source, file, change);
      } else {
        requireRefused(sum(source, file, change), file, change);
      }
    }
  }

  private void requireTheOldContent(ArraySource source, Path file, Change change) {
    NDArray all = session.array(source).cast(DType.FLOAT64).sum();
    Double before = all.toDouble();
    sum(source, file, change).compute().close();
    assertThat(Double.valueOf(all.toDouble())).isEqualTo(before);
  }

  @ParameterizedTest
  @EnumSource(Input.class)
  void betweenTwoJobs(Input input) throws IOException {
    input.make(folder);
    Path file = folder.resolve(input.changed);
    try (ArraySource source = input.open(folder)) {
      NDArray sum = session.array(source).cast(DType.FLOAT64).sum();
      sum.compute().close();
      Change.IN_PLACE.of(file);
      requireRefused(sum, file, Change.IN_PLACE);
    }
  }

  /** Elements that are read before and after. */
  @ParameterizedTest
  @EnumSource(Input.class)
  void whileMoreIsRead(Input input) throws IOException {
    input.make(folder);
    Path file = folder.resolve(input.changed);
    try (ArraySource source = input.open(folder)) {
      NDArray wanted = session.array(source).add(sum(source, file, Change.IN_PLACE)).sum();
      requireRefused(wanted, file, Change.IN_PLACE);
    }
  }

  /** Nothing is refused that nobody has changed, and what is opened anew has the new content. */
  @ParameterizedTest
  @EnumSource(Input.class)
  void unchangedFilesAreReadAgainAndAgain(Input input) throws IOException {
    input.make(folder);
    try (ArraySource source = input.open(folder)) {
      NDArray sum = session.array(source).cast(DType.FLOAT64).sum();
      Double first = sum.toDouble();
      assertThat(Double.valueOf(sum.toDouble())).isEqualTo(first);
      try (ArraySource again = input.open(folder)) {
        Double second = session.array(again).cast(DType.FLOAT64).sum().toDouble();
        assertThat(second).isEqualTo(first);
      }
    }
  }

  /** A chunk that was full of the fill value is another one when its file appears. */
  @Test
  void aChunkThatAppears() throws IOException {
    Input.ZARR.make(folder);
    Path file = folder.resolve("x.zarr/c.1");
    Path away = Files.move(file, folder.resolve("away"));
    try (ArraySource source = Input.ZARR.open(folder)) {
      NDArray sum = session.array(source).sum();
      assertThat(sum.toDouble()).isEqualTo(1 + 2 + 5 + 6 + 7 + 8);
      Files.move(away, file);
      assertThatThrownBy(sum::compute)
          .hasMessageContaining(
              "read %s: the file was created while it was in use".formatted(file));
    }
  }

  /** Indices of shards are kept from job to job; those of a shard that is written anew are not. */
  @Test
  void aShardThatIsWrittenAnew() throws IOException {
    Input.ZARR_SHARD.make(folder);
    Path store = folder.resolve("shards.zarr");
    try (ArraySource old = Input.ZARR_SHARD.open(folder)) {
      assertThat(session.array(old).sum().toDouble()).isEqualTo(36);
      ZarrEncoding encoding = ZarrEncoding.DEFAULT.withChunk(2).withShards(4);
      double[] others = {10, 20, 30, 40, 50, 60, 70, 80};
      Input.store(folder, "shards.zarr", encoding, HostArray.of(others));
      assertThatThrownBy(() -> session.array(old).sum().compute())
          .hasMessageContaining("while it was in use");
      try (ArraySource renewed = ArrayFiles.source(store)) {
        assertThat(session.array(renewed).sum().toDouble()).isEqualTo(360);
      }
    }
  }

  /** Other chunks than those that were read may change. */
  @Test
  void chunksThatNobodyReads() throws IOException {
    Input.ZARR.make(folder);
    Path file = folder.resolve("x.zarr/c.1");
    try (ArraySource source = Input.ZARR.open(folder)) {
      NDArray changing =
          session
              .arange(1)
              .mapChunks(DType.FLOAT64, (region, inputs, output) -> Change.REMOVED.of(file));
      assertThat(session.array(source).slice(":2").add(changing).sum().toDouble()).isEqualTo(3);
    }
  }
}
