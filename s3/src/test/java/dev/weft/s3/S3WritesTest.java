package dev.weft.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.core.NDArray;
import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import dev.weft.core.dtype.DType;
import dev.weft.core.error.UsageException;
import dev.weft.core.error.WeftException;
import dev.weft.core.expr.ArrayTarget;
import dev.weft.core.shape.Region;
import dev.weft.core.shape.Shape;
import dev.weft.io.ArrayFiles;
import dev.weft.io.Resumption;
import dev.weft.io.WriteOptions;
import dev.weft.io.object.ObjectPath;
import dev.weft.io.object.ObjectStore;
import dev.weft.testkit.store.FaultyProxy;
import dev.weft.testkit.store.StoreFault;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is written to a bucket is absent or complete, and nothing else is left there. */
class S3WritesTest {
  private static FileSystem bucket;
  private static Session session;

  @BeforeAll
  static void open() {
    bucket = Servers.bucket("writes");
    session = Session.open(SessionConfig.defaults().withDevice("reference").withThreads(2));
  }

  @AfterAll
  static void close() throws IOException {
    session.close();
    bucket.close();
  }

  private static ObjectPath at(String key) {
    return Servers.path(bucket, key);
  }

  private static List<String> below(String prefix) {
    return Servers.server().keys("writes").stream().filter(k -> k.startsWith(prefix)).toList();
  }

  private static NDArray numbers(long count) {
    return session.arange(count).cast(DType.FLOAT64);
  }

  private static NDArray failing(long count) {
    return numbers(count)
        .map(
            x -> {
              if (x == count - 1) {
                throw new IllegalArgumentException("the last one fails");
              }
              return x;
            });
  }

  private static MemorySegment text(String text) {
    return MemorySegment.ofArray(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aJobThatFailsLeavesNothingOfAZarr() {
    WriteOptions chunks = WriteOptions.PLAIN.withChunk(10);
    ArrayTarget target = ArrayFiles.target(at("failed.zarr/group/x"), chunks);
    assertThatThrownBy(() -> session.computeTo(List.of(failing(100)), List.of(target)))
        .isInstanceOf(WeftException.class);
    assertThat(below("failed.zarr")).isEmpty();
  }

  @Test
  void anAbortedTargetLeavesNothing() throws IOException {
    ArrayTarget target = ArrayFiles.target(at("aborted.zarr"), WriteOptions.PLAIN.withChunk(2));
    target.open(DType.FLOAT64, Shape.of(4));
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment one = arena.allocateFrom(ValueLayout.JAVA_DOUBLE, 1, 2);
      target.write(new Region(new long[] {0}, new long[] {2}), one);
    }
    assertThat(below("aborted.zarr/"))
        .containsExactly("aborted.zarr/.weft-writing", "aborted.zarr/c.0");
    target.abort();
    assertThat(below("aborted.zarr/")).isEmpty();
  }

  @Test
  void aJobThatFailsLeavesTheOldNpy() {
    numbers(3).save(at("kept.npy"));
    byte[] before = Servers.server().get("writes", "kept.npy");
    assertThatThrownBy(() -> failing(50).save(at("kept.npy"))).isInstanceOf(WeftException.class);
    assertThat(Servers.server().get("writes", "kept.npy")).isEqualTo(before);
    assertThat(below("kept")).containsExactly("kept.npy");
  }

  /** Every request that brings a part is refused: the upload is given up, and taken back. */
  @Test
  void anUploadThatFailsIsAborted() throws IOException {
    try (FaultyProxy proxy =
        FaultyProxy.before(
            Servers.server().endpoint(),
            request ->
                request.target().contains("partNumber=2")
                    ? StoreFault.SLOW_DOWN
                    : StoreFault.NONE)) {
      FileSystem faulty = Servers.bucket("writes", proxy.endpoint(), Map.of("attempts", 2));
      assertThatThrownBy(() -> numbers(3_000_000).save(Servers.path(faulty, "parts.npy")))
          .isInstanceOf(WeftException.class)
          .hasMessageContaining("s3://writes/parts.npy")
          .hasMessageContaining("throttled (SlowDown)");
      assertThat(proxy.counts().get(StoreFault.SLOW_DOWN)).isGreaterThanOrEqualTo(2);
    }
    assertThat(below("parts")).isEmpty();
    assertThat(Servers.server().uploads("writes")).isEmpty();
    assertThat(leftOvers()).isEmpty();
  }

  private static List<Path> leftOvers() throws IOException {
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files.filter(f -> f.getFileName().toString().startsWith("weft-upload-")).toList();
    }
  }

  @Test
  void metadataThatCannotBeWrittenTakesTheChunksBack() throws IOException {
    try (FaultyProxy proxy =
        FaultyProxy.before(
            Servers.server().endpoint(),
            request ->
                request.method().equals("PUT") && request.target().endsWith("/x/zarr.json")
                    ? StoreFault.SLOW_DOWN
                    : StoreFault.NONE)) {
      FileSystem faulty = Servers.bucket("writes", proxy.endpoint(), Map.of("attempts", 2));
      assertThatThrownBy(() -> numbers(10).save(Servers.path(faulty, "late.zarr/x")))
          .isInstanceOf(WeftException.class)
          .hasMessageContaining("writing the metadata failed")
          .hasMessageContaining("Nothing is visible");
    }
    assertThat(below("late.zarr")).isEmpty();
  }

  @Test
  void ofTwoWritersOfAZarrOneIsTold() throws IOException {
    ArrayTarget first = ArrayFiles.target(at("two.zarr"));
    ArrayTarget second = ArrayFiles.target(at("two.zarr"));
    first.open(DType.FLOAT64, Shape.of(3));
    assertThatThrownBy(() -> second.open(DType.FLOAT64, Shape.of(3)))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("write s3://writes/two.zarr: another job writes it since 20")
        .hasMessageContaining("aws s3 rm --recursive s3://writes/two.zarr");
    first.abort();
    numbers(3).save(at("two.zarr"));
    assertThatThrownBy(() -> second.open(DType.FLOAT64, Shape.of(3)))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("an array is there already");
    assertThat(session.load(at("two.zarr")).compute().toDoubleArray()).containsExactly(0, 1, 2);
    assertThat(below("two.zarr/")).doesNotContain("two.zarr/.weft-writing");
  }

  @Test
  void anArrayThatIsThereIsNotReplaced() {
    numbers(3).save(at("there.zarr"));
    assertThatThrownBy(() -> ArrayFiles.target(at("there.zarr")))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "write s3://writes/there.zarr: an array is there already, and is not replaced in an object store. Write elsewhere, or remove it first: aws s3 rm --recursive s3://writes/there.zarr");
  }

  @Test
  void groupsForgetWhatTheyListed() {
    String group =
        "{\"zarr_format\":3,\"node_type\":\"group\",\"consolidated_metadata\":{\"kind\":\"inline\",\"must_understand\":false,\"metadata\":{}}}";
    Servers.server().put("writes", "old.zarr/zarr.json", group.getBytes(StandardCharsets.UTF_8));
    numbers(3).save(at("old.zarr/x"));
    assertThat(
            new String(
                Servers.server().get("writes", "old.zarr/zarr.json"), StandardCharsets.UTF_8))
        .contains("group")
        .doesNotContain("consolidated");
    assertThat(ArrayFiles.list(at("old.zarr"))).hasSize(1);
  }

  @Test
  void resumingIsRefused() {
    Resumption job = new Resumption(Map.of("expression", "x"), told -> {});
    ArrayTarget target = ArrayFiles.resume(at("resumed.zarr"), WriteOptions.PLAIN, job);
    assertThatThrownBy(() -> target.open(DType.FLOAT64, Shape.of(3)))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("cannot be resumed in an object store yet")
        .hasMessageContaining("--resume");
  }

  @Test
  void aFolderIsNoObject() {
    numbers(3).save(at("folder/x.npy"));
    assertThatThrownBy(() -> numbers(3).save(at("folder.npy/x.npy").resolveSibling("../folder")))
        .isInstanceOf(UsageException.class);
    Servers.server().put("writes", "dir.npy/x", new byte[1]);
    assertThatThrownBy(() -> numbers(3).save(at("dir.npy")))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("objects lie below it");
  }

  @Test
  void ofManyWhoPutIfAbsentOneSucceeds() throws Exception {
    ObjectStore store = at("x").store();
    AtomicInteger won = new AtomicInteger();
    List<Thread> writers =
        IntStream.range(0, 16)
            .mapToObj(
                i ->
                    Thread.ofVirtual()
                        .start(
                            () -> {
                              try {
                                won.addAndGet(
                                    store.putIfAbsent("once", text("writer " + i)) ? 1 : 0);
                              } catch (IOException e) {
                                won.set(-1000);
                              }
                            }))
            .toList();
    for (Thread writer : writers) {
      writer.join();
    }
    assertThat(won.get()).isEqualTo(1);
    String there = new String(Servers.server().get("writes", "once"), StandardCharsets.UTF_8);
    assertThat(store.putIfAbsent("once", text(there))).isTrue();
    assertThat(store.putIfAbsent("once", text("another"))).isFalse();
  }

  @Test
  void listsPagesAndRemovesThem() throws IOException {
    ObjectStore store = at("x").store();
    for (int i = 0; i < 1203; i++) {
      Servers.server().put("writes", "many/%04d".formatted(i), new byte[0]);
    }
    ObjectStore.Listing all = store.list("many/", true, Integer.MAX_VALUE);
    assertThat(all.objects()).hasSize(1203);
    assertThat(store.list("many/", true, 7).objects()).hasSize(7);
    assertThat(store.list("man", false, 100).folders()).containsExactly("many/");
    store.delete(all.objects().stream().map(o -> o.key()).toList());
    assertThat(below("many/")).isEmpty();
  }
}
