package dev.weft.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.NDArray;
import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import dev.weft.core.dtype.DType;
import dev.weft.core.expr.ArraySource;
import dev.weft.core.shape.Region;
import dev.weft.io.ArrayEntry;
import dev.weft.io.ArrayFiles;
import dev.weft.io.Compression;
import dev.weft.io.ReadOptions;
import dev.weft.io.WriteOptions;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Arrays in a bucket, on a server in another process. */
class S3ArraysTest {
  private static final Path FIXTURES = Path.of("../io/src/test/resources/dev/weft/io/zarr");

  @TempDir static Path folder;
  private static FileSystem bucket;
  private static Session session;

  @BeforeAll
  static void open() {
    bucket = Servers.bucket("arrays");
    session = Session.open(SessionConfig.defaults().withDevice("reference").withThreads(2));
  }

  @AfterAll
  static void close() throws IOException {
    session.close();
    bucket.close();
  }

  private static Path at(String key) {
    return Servers.path(bucket, key);
  }

  private static NDArray numbers(long... shape) {
    long size = 1;
    for (long extent : shape) {
      size *= extent;
    }
    return session.arange(size).cast(DType.FLOAT64).reshape(shape);
  }

  private static boolean same(NDArray one, NDArray other) {
    return Arrays.equals(one.compute().toDoubleArray(), other.compute().toDoubleArray());
  }

  /** All stores that zarr-python and tensorstore wrote: versions 2 and 3, sharded, every codec. */
  @Test
  void readsStoresOfOthers() throws IOException {
    Set<String> names = new TreeSet<>();
    for (String archive : List.of("v2.zip", "v3.zip")) {
      try (InputStream in = Files.newInputStream(FIXTURES.resolve(archive));
          ZipInputStream zip = new ZipInputStream(in)) {
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
          if (entry.getName().endsWith(".npy")) {
            Files.copy(zip, folder.resolve(entry.getName()));
            names.add(entry.getName().replace(".npy", ""));
          } else if (!entry.isDirectory()) {
            Servers.server().put("arrays", "fixtures/" + entry.getName(), zip.readAllBytes());
          }
        }
      }
    }
    assertThat(names).hasSizeGreaterThan(100);
    int compared = 0;
    for (String name : names) {
      try (ArraySource stored = ArrayFiles.source(at("fixtures/" + name + ".zarr"));
          ArraySource expected = ArrayFiles.source(folder.resolve(name + ".npy"))) {
        byte[] bytes = bytes(stored);
        assertThat(bytes).as(name).isEqualTo(bytes(expected));
        compared++;
      }
    }
    System.out.printf("s3: %d stores of zarr-python and tensorstore agree%n", compared);
  }

  private static byte[] bytes(ArraySource source) throws IOException {
    byte[] bytes = new byte[(int) (source.shape().size() * source.dtype().itemSize())];
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment memory = arena.allocate(Math.max(1, bytes.length), 8);
      source.read(Region.all(source.shape()), memory);
      MemorySegment.copy(memory, ValueLayout.JAVA_BYTE, 0, bytes, 0, bytes.length);
    }
    return bytes;
  }

  @Test
  void writesZarrAndReadsItBack() {
    NDArray x = numbers(100, 70);
    WriteOptions options =
        WriteOptions.PLAIN.withChunk(30, 20).withCompression(Compression.parse("gzip"));
    session.computeTo(List.of(x), List.of(ArrayFiles.target(at("a.zarr"), options)));
    assertThat(same(session.load(at("a.zarr")), x)).isTrue();
    assertThat(Servers.server().keys("arrays"))
        .contains("a.zarr/zarr.json", "a.zarr/c.0.0", "a.zarr/c.3.3")
        .noneMatch(key -> key.endsWith(".weft-writing"));
  }

  @Test
  void writesShardsAndReadsPartsOfThem() {
    NDArray x = numbers(64, 64);
    WriteOptions options = WriteOptions.PLAIN.withChunk(8, 8).withShards(32, 32);
    session.computeTo(List.of(x), List.of(ArrayFiles.target(at("s.zarr"), options)));
    assertThat(Servers.server().keys("arrays").stream().filter(k -> k.startsWith("s.zarr/")))
        .hasSize(5);
    NDArray part = session.load(at("s.zarr")).slice("10:50,20:40");
    assertThat(same(part, x.slice("10:50,20:40"))).isTrue();
  }

  @Test
  void writesIntoGroupsAndListsThem() {
    NDArray x = numbers(5);
    x.save(at("g.zarr/ocean/tas"));
    x.add(1).save(at("g.zarr/ocean/pr"));
    assertThat(ArrayFiles.list(at("g.zarr")).stream().map(ArrayEntry::name))
        .containsExactly("ocean/pr", "ocean/tas");
    assertThat(same(session.load(at("g.zarr#ocean/pr")), x.add(1))).isTrue();
    assertThat(Servers.server().keys("arrays"))
        .contains("g.zarr/zarr.json", "g.zarr/ocean/zarr.json", "g.zarr/ocean/tas/zarr.json");
  }

  @Test
  void writesNpyInOneStep() {
    NDArray x = numbers(40, 30);
    x.save(at("n.npy"));
    x.add(1).save(at("n.npy"));
    assertThat(same(session.load(at("n.npy")), x.add(1))).isTrue();
    assertThat(Servers.server().get("arrays", "n.npy")).hasSize(128 + 40 * 30 * 8);
  }

  @Test
  void writesALargeNpyInPartsAndReadsSlabsOfIt() {
    NDArray x = numbers(3000, 1000);
    x.save(at("large.npy"));
    assertThat(Servers.server().get("arrays", "large.npy")).hasSize(128 + 24_000_000);
    NDArray back = session.load(at("large.npy"));
    assertThat(same(back.slice("100:2900:7,5:995:100"), x.slice("100:2900:7,5:995:100"))).isTrue();
    assertThat(same(back.sum(0), x.sum(0))).isTrue();
  }

  @Test
  void readsNpyInFortranOrderAndBigEndian() {
    byte[] header = npyHeader("{'descr': '>i4', 'fortran_order': True, 'shape': (3, 4), }");
    ByteBuffer file = ByteBuffer.allocate(header.length + 48).put(header);
    for (int column = 0; column < 4; column++) {
      for (int row = 0; row < 3; row++) {
        file.putInt(10 * row + column);
      }
    }
    Servers.server().put("arrays", "f.npy", file.array());
    assertThat(session.load(at("f.npy")).slice("1:,:3").compute().toLongArray())
        .containsExactly(10, 11, 12, 20, 21, 22);
  }

  private static byte[] npyHeader(String text) {
    String padded = text + " ".repeat(117 - text.length()) + "\n";
    byte[] header = new byte[10 + padded.length()];
    byte[] magic = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) padded.length(), 0};
    System.arraycopy(magic, 0, header, 0, 10);
    System.arraycopy(padded.getBytes(StandardCharsets.US_ASCII), 0, header, 10, padded.length());
    return header;
  }

  @Test
  void patternsMeanSeveralObjects() {
    numbers(4).save(at("runs/run-2.npy"));
    numbers(4).add(10).save(at("runs/run-10.npy"));
    NDArray joined =
        session.array(ArrayFiles.source(at("runs/run-*.npy"), ReadOptions.PLAIN.joined(0)));
    assertThat(joined.compute().toDoubleArray()).containsExactly(0, 1, 2, 3, 10, 11, 12, 13);
    assertThat(session.load(at("runs")).shape().toString()).isEqualTo("(2, 4)");
    assertThat(ArrayFiles.state(at("runs"))).contains("in 2 files");
  }

  @Test
  void readsColumnsOfCsv() {
    Servers.server().put("arrays", "t.csv", "a,b\n1,2.5\n3,4.5\n".getBytes(StandardCharsets.UTF_8));
    assertThat(session.load(at("t.csv#b")).compute().toDoubleArray()).containsExactly(2.5, 4.5);
  }
}
