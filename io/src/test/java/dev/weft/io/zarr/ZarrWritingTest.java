package dev.weft.io.zarr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.core.HostArray;
import dev.weft.core.Session;
import dev.weft.core.dtype.DType;
import dev.weft.core.error.UsageException;
import dev.weft.core.expr.ArrayTarget;
import dev.weft.core.shape.Region;
import dev.weft.core.shape.Shape;
import dev.weft.io.ArrayEntry;
import dev.weft.io.ArrayFiles;
import dev.weft.io.ArrayName;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where arrays are written to, and what is refused. */
class ZarrWritingTest {
  @TempDir Path folder;

  private void save(String path, double... values) {
    try (Session session = Session.open()) {
      session.array(values).save(folder.resolve(path));
    }
  }

  private double[] load(String path) {
    try (Session session = Session.open()) {
      return session.load(folder.resolve(path)).compute().toDoubleArray();
    }
  }

  private List<String> names(Path where) throws IOException {
    try (Stream<Path> files = Files.list(where)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void arraysAreAddedToGroupsAndReplacedInThem() throws IOException {
    save("out.zarr/surface/tas", 1, 2);
    save("out.zarr/surface/pr", 3);
    save("out.zarr#time", 4, 5, 6);
    save("out.zarr/surface/tas", 7, 8, 9);
    assertThat(ArrayFiles.list(folder.resolve("out.zarr")))
        .extracting(ArrayEntry::name)
        .containsExactly("surface/pr", "surface/tas", "time");
    assertThat(load("out.zarr/surface/tas")).containsExactly(7, 8, 9);
    assertThat(load("out.zarr/surface/pr")).containsExactly(3);
    assertThat(load("out.zarr#time")).containsExactly(4, 5, 6);
    assertThat(names(folder)).containsExactly("out.zarr");
    assertThat(names(folder.resolve("out.zarr"))).containsExactly("surface", "time", "zarr.json");
  }

  @Test
  void twoArraysOfANewStoreAreWrittenByOneJob() {
    List<ArrayTarget> targets =
        Stream.of("a", "b/c")
            .map(name -> ArrayFiles.target(folder.resolve("new.zarr").resolve(name)))
            .toList();
    try (Session session = Session.open()) {
      session.computeTo(
          List.of(session.array(new double[] {1}), session.array(new double[] {2})), targets);
    }
    assertThat(load("new.zarr/a")).containsExactly(1);
    assertThat(load("new.zarr/b/c")).containsExactly(2);
  }

  @Test
  void twoArraysOfANewStoreAppearAtTheSameTime() throws Exception {
    for (int round = 0; round < 20; round++) {
      String store = "new" + round + ".zarr/";
      try (ExecutorService threads = Executors.newFixedThreadPool(2);
          HostArray one = HostArray.of(new double[] {1})) {
        CountDownLatch both = new CountDownLatch(2);
        List<Future<?>> writers = new ArrayList<>();
        for (String name : List.of("g/a", "g/b")) {
          ZarrTarget target = (ZarrTarget) ArrayFiles.target(folder.resolve(store + name));
          writers.add(
              threads.submit(
                  () -> {
                    both.countDown();
                    both.await();
                    Zarr.write(target, one);
                    return null;
                  }));
        }
        for (Future<?> writer : writers) {
          writer.get();
        }
      }
      assertThat(ArrayFiles.list(folder.resolve(store)))
          .extracting(ArrayEntry::name)
          .containsExactly("g/a", "g/b");
    }
    assertThat(names(folder)).hasSize(20).allMatch(name -> name.startsWith("new"));
  }

  @Test
  void aGroupForgetsWhatItToldOfTheArraysBelow() throws IOException {
    save("out.zarr/a", 1);
    Path group = folder.resolve("out.zarr/zarr.json");
    Files.writeString(
        group,
        """
        {"zarr_format": 3, "node_type": "group", "attributes": {"title": "kept"},
         "consolidated_metadata": {"kind": "inline", "must_understand": false, "metadata": {}}}
        """);
    save("out.zarr/b", 2);
    assertThat(group).content().contains("kept").doesNotContain("consolidated");
    assertThat(names(folder.resolve("out.zarr"))).containsExactly("a", "b", "zarr.json");
  }

  @Test
  void anArrayThatIsReplacedPassesOnItsPermissions() throws IOException {
    save("out.zarr", 1);
    Path store = folder.resolve("out.zarr");
    Files.setPosixFilePermissions(store, PosixFilePermissions.fromString("rwx------"));
    save("out.zarr", 2);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(store)))
        .isEqualTo("rwx------");
    assertThat(load("out.zarr")).containsExactly(2);
  }

  @Test
  void writingThroughALinkKeepsTheLink() throws IOException {
    save("out.zarr", 1);
    Path link = folder.resolve("link.zarr");
    Files.createSymbolicLink(link, folder.resolve("out.zarr"));
    save("link.zarr", 2);
    assertThat(link).isSymbolicLink();
    assertThat(load("out.zarr")).containsExactly(2);
  }

  private void refused(String path, String reason) {
    assertThatThrownBy(() -> ArrayFiles.target(folder.resolve(path)))
        .isInstanceOf(UsageException.class)
        .hasMessage("write %s", reason);
  }

  @Test
  void refusesPlacesBeforeTheJobStarts() throws IOException {
    Path store = folder.resolve("out.zarr");
    save("out.zarr/group/a", 1);
    save("array.zarr", 1);
    Files.createDirectory(folder.resolve("files.zarr"));
    Files.createFile(folder.resolve("files.zarr/notes.txt"));
    Files.createFile(folder.resolve("file.zarr"));
    ZarrStores.unpack(folder);
    refused(
        "out.zarr",
        "%1$s: %1$s is a group. Name an array in it, as in %1$s/NAME, or remove it first"
            .formatted(store));
    refused(
        "out.zarr/group",
        "%1$s#group: %1$s/group is a group. Name an array in it, as in %1$s/group/NAME, or remove it first"
            .formatted(store));
    refused(
        "array.zarr/b",
        "%1$s#b: %1$s is an array, which holds no others. Write elsewhere"
            .formatted(folder.resolve("array.zarr")));
    refused(
        "files.zarr",
        "%1$s: %1$s has files, and is no Zarr array. Write elsewhere"
            .formatted(folder.resolve("files.zarr")));
    refused(
        "file.zarr",
        "%1$s: %1$s is a file, not a folder. Write elsewhere"
            .formatted(folder.resolve("file.zarr")));
    refused(
        "v2-group.zarr/new",
        "%1$s#new: %1$s is a group of Zarr version 2, and arrays are written as version 3. Write to a new store"
            .formatted(folder.resolve("v2-group.zarr")));
    refused(
        "out.zarr#.hidden",
        "%s#.hidden: '.hidden' cannot name an array or a group. Use letters and digits, not '.' or '__' first"
            .formatted(store));
    refused(
        "none/x.zarr",
        "%s: directory %s does not exist. Create it first"
            .formatted(folder.resolve("none/x.zarr"), folder.resolve("none")));
  }

  @Test
  void refusesUseOutOfOrder() throws IOException {
    ArrayName name = ArrayName.of(folder.resolve("x.zarr"));
    ZarrTarget target = Zarr.target(name, ZarrEncoding.DEFAULT.withChunk(2L));
    assertThatThrownBy(target::commit)
        .isInstanceOf(UsageException.class)
        .hasMessage("write %s: nothing is open. Call open first", name);
    target.open(DType.FLOAT64, Shape.of(4));
    assertThatThrownBy(() -> target.open(DType.FLOAT64, Shape.of(4)))
        .isInstanceOf(UsageException.class)
        .hasMessage("write %s: the target is open already. Use one target per job", name);
    Region half = new Region(new long[] {1}, new long[] {2});
    assertThatThrownBy(() -> target.write(half, MemorySegment.ofArray(new double[2])))
        .isInstanceOf(UsageException.class)
        .hasMessage("write %s: [1:2] is not all that a chunk holds; bring whole chunks (2,)", name);
    target.abort();
    assertThat(names(folder)).isEmpty();
    assertThatThrownBy(
            () ->
                Zarr.target(name, ZarrEncoding.DEFAULT.withChunk(0L))
                    .chunks(DType.INT8, Shape.of(1)))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith("chunks [0] of an array of int8 (1,): give one extent");
  }

  @Test
  void refusesReadsAfterClosing() {
    save("x.zarr", 1);
    ZarrSource source = Zarr.read(folder.resolve("x.zarr"));
    Runnable lease = source.lease();
    source.close();
    try (HostArray array = HostArray.allocate(DType.FLOAT64, Shape.of(1))) {
      assertThat(
              org.assertj.core.api.Assertions.catchThrowable(
                  () -> source.read(Region.all(source.shape()), array.segment())))
          .isNull();
      lease.run();
      assertThatThrownBy(() -> source.read(Region.all(source.shape()), array.segment()))
          .isInstanceOf(UsageException.class)
          .hasMessageEndingWith("Keep it open until the result is computed");
      assertThatThrownBy(source::lease).isInstanceOf(UsageException.class);
    }
  }
}
