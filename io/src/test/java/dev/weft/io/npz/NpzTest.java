package dev.weft.io.npz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.core.HostArray;
import dev.weft.core.dtype.DType;
import dev.weft.core.error.DeviceException;
import dev.weft.core.error.UsageException;
import dev.weft.core.expr.ArraySource;
import dev.weft.core.expr.ArrayTarget;
import dev.weft.core.shape.Region;
import dev.weft.core.shape.Shape;
import dev.weft.io.ArrayEntry;
import dev.weft.io.ArrayFiles;
import dev.weft.io.FormatException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of NumPy, made by make_npz_fixtures.py, and files of Weft. */
class NpzTest {
  private static final int MUTATIONS = 4000;

  @TempDir Path folder;

  private static Path fixture(String name) throws URISyntaxException {
    return Path.of(Objects.requireNonNull(NpzTest.class.getResource("/npz/" + name)).toURI());
  }

  private static HostArray read(String path) throws IOException {
    try (ArraySource source = ArrayFiles.source(Path.of(path))) {
      HostArray array = HostArray.allocate(source.dtype(), source.shape());
      source.read(Region.all(source.shape()), array.segment());
      return array;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"stored.npz", "deflated.npz"})
  void arraysOfNumPyAreRead(String name) throws IOException, URISyntaxException {
    String file = fixture(name).toString();
    HostArray x = read(file + "#x");
    assertThat(x.shape()).isEqualTo(Shape.of(3, 4));
    double[] halves = new double[12];
    Arrays.setAll(halves, i -> i * 0.5);
    assertThat(x.toDoubleArray()).containsExactly(halves);
    assertThat(read(file + "#big").toLongArray()).containsExactly(-2, -1, 0, 1, 2);
    HostArray columns = read(file + "#columns");
    assertThat(columns.dtype()).isEqualTo(DType.FLOAT32);
    assertThat(columns.getDouble(1, 0)).isEqualTo(3);
    assertThat(read(file + "#truth").dtype()).isEqualTo(DType.BOOL);
    assertThat(read(file + "#group/one").getDouble()).isEqualTo(7.25);
    assertThat(read(file + "#nothing").shape()).isEqualTo(Shape.of(0, 3));
  }

  @Test
  void longDeflatedArraysAreUnpackedBlockByBlock() throws IOException, URISyntaxException {
    HostArray many = read(fixture("deflated.npz") + "#many");
    assertThat(many.size()).isEqualTo(50_000);
    assertThat(many.getLong(49_999)).isEqualTo(99);
    assertThat(many.getLong(40_001)).isEqualTo(1);
  }

  @Test
  void whatIsStoredIsReadInPlace() throws URISyntaxException {
    try (ArraySource source = ArrayFiles.source(Path.of(fixture("stored.npz") + "#truth"))) {
      assertThat(source.memory()).as("bool is converted").isNull();
    }
    try (ArraySource source = ArrayFiles.source(fixture("sole.npz"))) {
      assertThat(source.description()).endsWith("sole.npz#arr_0");
      assertThat(source.shape()).isEqualTo(Shape.of(4));
    }
  }

  @Test
  void arraysAreListed() throws URISyntaxException {
    assertThat(ArrayFiles.list(fixture("deflated.npz")))
        .extracting(ArrayEntry::name)
        .containsExactly("x", "big", "columns", "truth", "group/one", "nothing", "many");
    ArrayEntry big = ArrayFiles.list(Path.of(fixture("deflated.npz") + "#big")).getFirst();
    assertThat(big.encoding()).isEqualTo("C order, big-endian, deflated");
    assertThat(ArrayFiles.list(fixture("objects.npz")))
        .extracting(ArrayEntry::isReadable)
        .containsExactly(false, true);
  }

  @Test
  void whatCannotBeReadSaysWhy() throws URISyntaxException {
    String objects = fixture("objects.npz").toString();
    assertThatThrownBy(() -> read(objects + "#o"))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("Python objects are pickled");
    assertThatThrownBy(() -> read(objects + "#y"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("nothing that is called 'y', but [o, x]");
    String stored = fixture("stored.npz").toString();
    assertThatThrownBy(() -> read(stored))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("Name one of them behind a #");
    String packed = fixture("bzip2.npz").toString();
    assertThatThrownBy(() -> read(packed + "#x"))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("'x.npy' is packed by method 12");
  }

  private static void write(Path file, HostArray array) throws IOException {
    ArrayTarget target = ArrayFiles.target(file);
    MemorySegment memory = Objects.requireNonNull(target.open(array.dtype(), array.shape()));
    memory.copyFrom(array.segment());
    target.commit();
  }

  @Test
  void whatIsWrittenIsAnArchiveForOthersToo() throws IOException {
    Path file = folder.resolve("r.npz");
    write(Path.of(file + "#group/y"), HostArray.of(new double[][] {{1, 2}, {3, -0.5}}));
    assertThat(read(file.toString()).toDoubleArray()).containsExactly(1, 2, 3, -0.5);
    try (ArraySource source = ArrayFiles.source(file)) {
      assertThat(source.memory()).as("aligned, so read in place").isNotNull();
    }
    try (ZipFile zip = new ZipFile(file.toFile())) {
      ZipEntry entry = zip.getEntry("group/y.npy");
      byte[] bytes = zip.getInputStream(entry).readAllBytes();
      assertThat(entry.getSize()).isEqualTo(bytes.length);
      assertThat(bytes).startsWith(0x93, 'N', 'U', 'M', 'P', 'Y');
    }
    write(file, HostArray.of(new double[0]));
    assertThat(read(file + "#arr_0").size()).isZero();
    assertThatThrownBy(() -> ArrayFiles.target(Path.of(file + "#../y")))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("cannot have this name");
  }

  /** Bytes of good files are changed, cut off or doubled: right arrays or one exception. */
  @Test
  void mutatedFilesAreRefusedOrRead() throws IOException, URISyntaxException {
    byte[][] good = {
      Files.readAllBytes(fixture("stored.npz")), Files.readAllBytes(fixture("deflated.npz"))
    };
    Random random = new Random(11);
    Path file = folder.resolve("m.npz");
    int refused = 0;
    for (int round = 0; round < MUTATIONS; round++) {
      byte[] bytes = good[random.nextInt(2)].clone();
      for (int change = random.nextInt(4); change >= 0; change--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      if (random.nextInt(4) == 0) {
        bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
      }
      Files.write(file, bytes);
      try {
        for (ArrayEntry entry : ArrayFiles.list(file)) {
          if (entry.isReadable() && entry.shape().size() < 1 << 20) {
            read(file + "#" + entry.name());
          }
        }
      } catch (UsageException | DeviceException e) {
        refused++;
      }
    }
    System.out.printf("npz: %,d mutated files, %,d refused%n", MUTATIONS, refused);
    assertThat(refused).isPositive();
  }
}
