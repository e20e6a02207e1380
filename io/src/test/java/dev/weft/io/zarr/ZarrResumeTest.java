package dev.weft.io.zarr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.core.HostArray;
import dev.weft.core.NDArray;
import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import dev.weft.core.dtype.DType;
import dev.weft.core.error.UsageException;
import dev.weft.core.error.WeftException;
import dev.weft.core.shape.Region;
import dev.weft.core.shape.Shape;
import dev.weft.io.ArrayFiles;
import dev.weft.io.ArrayName;
import dev.weft.io.Resumption;
import dev.weft.io.WriteOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job goes on with the chunks that an interrupted one has completed, and with no others. */
class ZarrResumeTest {
  private static final int ROWS = 800;
  private static final int COLUMNS = 50;
  private static final int ROWS_OF_CHUNK = 4;
  private static final ZarrEncoding ENCODING =
      ZarrEncoding.DEFAULT.withChunk(ROWS_OF_CHUNK, COLUMNS);

  @TempDir Path folder;

  private final List<String> told = new ArrayList<>();
  private final AtomicLong computed = new AtomicLong();

  private ArrayName name() {
    return new ArrayName(folder.resolve("x.zarr"), "group/array");
  }

  private ZarrTarget target(Map<String, String> facts) {
    return Zarr.target(name(), ENCODING).resuming(new Resumption(facts, told::add));
  }

  /** The values that the job gives, with a function that fails after so many elements. */
  private NDArray job(Session session, long fails) {
    NDArray x = session.arange(0.0, ROWS * COLUMNS, 1.0).reshape(ROWS, COLUMNS);
    return x.subtract(x.mean(0))
        .rechunk(ROWS_OF_CHUNK, COLUMNS)
        .map(
            value -> {
              if (computed.incrementAndGet() > fails) {
                throw new IllegalStateException("interrupted");
              }
              return Math.sqrt(value * value + 1) / 3;
            });
  }

  private static Session session() {
    return Session.open(
        SessionConfig.defaults()
            .withThreads(1)
            .withVectors(false)
            .withChunkBytes(ROWS_OF_CHUNK * COLUMNS * Double.BYTES));
  }

  private void interrupt(long after) {
    try (Session session = session()) {
      NDArray job = job(session, after);
      assertThatThrownBy(() -> job.computeTo(target(Map.of("expression", "e"))))
          .isInstanceOf(WeftException.class)
          .hasStackTraceContaining("interrupted");
    }
    computed.set(0);
    told.clear();
  }

  private void finish(Map<String, String> facts) {
    try (Session session = session()) {
      job(session, Long.MAX_VALUE).computeTo(target(facts));
    }
  }

  private void check() throws IOException {
    try (Session session = session();
        HostArray expected = job(session, Long.MAX_VALUE).compute();
        HostArray found = Zarr.load(name())) {
      assertThat(found.segment().mismatch(expected.segment())).isEqualTo(-1);
    }
    assertThat(names()).containsExactly("x.zarr");
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private Path unfinished() throws IOException {
    assertThat(names())
        .hasSize(1)
        .first()
        .asString()
        .matches("\\.x\\.zarr\\.weft-resume-.{8}\\.tmp");
    return folder.resolve(names().getFirst());
  }

  /** How many chunks the target has, as it tells when a job goes on. */
  private long taken() {
    assertThat(told).hasSize(1);
    assertThat(told.getFirst())
        .matches("go on with .*x.zarr#group/array: \\d+ chunks are complete");
    return Long.parseLong(told.getFirst().replaceAll(".* (\\d+) chunks.*", "$1"));
  }

  @Test
  void completeChunksAreNotComputedAgain() throws IOException {
    interrupt(ROWS * COLUMNS * 6 / 10);
    assertThat(Files.exists(folder.resolve("x.zarr"))).isFalse();
    finish(Map.of("expression", "e"));
    long chunks = ROWS / ROWS_OF_CHUNK;
    assertThat(taken()).isBetween(2L, chunks - 1);
    assertThat(computed.get()).isEqualTo((chunks - taken()) * ROWS_OF_CHUNK * COLUMNS);
    check();
  }

  @Test
  void aJobIsInterruptedAgainAndAgain() throws IOException {
    for (int i = 0; i < 5; i++) {
      interrupt(ROWS * COLUMNS * 3 / 20);
    }
    finish(Map.of("expression", "e"));
    assertThat(taken()).isGreaterThan(5);
    check();
  }

  @Test
  void whatIsCompleteButHasNoNameYetIsOnlyRenamed() throws IOException {
    ZarrTarget target = target(Map.of("expression", "e"));
    try (Session session = session();
        HostArray values = job(session, Long.MAX_VALUE).compute()) {
      target.open(values.dtype(), values.shape());
      target.write(Region.all(values.shape()), values.segment());
      target.abort();
    }
    computed.set(0);
    finish(Map.of("expression", "e"));
    assertThat(computed.get()).isZero();
    check();
  }

  @Test
  void chunksThatAreDamagedAreComputedAgain() throws IOException {
    interrupt(ROWS * COLUMNS * 6 / 10);
    Path store = unfinished().resolve(unfinished().getFileName());
    List<Path> chunks;
    try (Stream<Path> files = Files.list(store.resolve("group/array"))) {
      chunks = files.sorted().toList();
    }
    byte[] first = Files.readAllBytes(chunks.getFirst());
    first[first.length / 2] ^= 4;
    Files.write(chunks.getFirst(), first);
    Files.write(chunks.get(1), new byte[0]);
    Files.write(store.resolve("group/array/c.9.0"), new byte[] {1, 2, 3});
    finish(Map.of("expression", "e"));
    assertThat(taken()).isLessThanOrEqualTo(chunks.size() - 2);
    check();
  }

  @Test
  void aListThatWasCutIsReadAsFarAsItGoes() throws IOException {
    interrupt(ROWS * COLUMNS * 6 / 10);
    Path list = unfinished().resolve("finished");
    byte[] lines = Files.readAllBytes(list);
    Files.write(list, Arrays.copyOf(lines, lines.length - 7));
    finish(Map.of("expression", "e"));
    assertThat(taken()).isPositive();
    check();
  }

  @Test
  void anotherJobStartsAnewAndSaysWhy() throws IOException {
    interrupt(ROWS * COLUMNS / 2);
    finish(Map.of("expression", "f"));
    assertThat(told).containsExactly("start %s anew: expression was e, and is f".formatted(name()));
    assertThat(computed.get()).isEqualTo(ROWS * COLUMNS);
    check();
  }

  @Test
  void withoutResumingWhatWasLeftIsRemoved() throws IOException {
    interrupt(ROWS * COLUMNS / 2);
    try (Session session = session()) {
      job(session, Long.MAX_VALUE).computeTo(Zarr.target(name(), ENCODING));
    }
    assertThat(computed.get()).isEqualTo(ROWS * COLUMNS);
    check();
  }

  @Test
  void twoCannotWriteTheSame() throws IOException {
    ZarrTarget first = target(Map.of());
    first.open(DType.FLOAT64, Shape.of(4, COLUMNS));
    assertThatThrownBy(() -> target(Map.of()).open(DType.FLOAT64, Shape.of(4, COLUMNS)))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "write %s: another process is writing it. Wait for that, or write elsewhere", name());
    Zarr.target(name(), ENCODING).open(DType.FLOAT64, Shape.of(4, COLUMNS));
    assertThat(names()).hasSize(2);
    first.abort();
  }

  @Test
  void otherFormatsSayThatTheyCannot() {
    for (String file : List.of("x.npy", "x.npz", "x.h5", "x.csv")) {
      assertThatThrownBy(
              () ->
                  ArrayFiles.resume(
                      folder.resolve(file),
                      WriteOptions.PLAIN,
                      new Resumption(Map.of(), told::add)))
          .isInstanceOf(UsageException.class)
          .hasMessageStartingWith("write %s: a file of ", folder.resolve(file))
          .hasMessageEndingWith("Write to .zarr, or leave --resume away");
    }
  }

  @Test
  void theStateOfFilesChangesWithThem() throws IOException {
    Path file = folder.resolve("x.npy");
    Files.write(file, new byte[8]);
    String before = ArrayFiles.state(file);
    assertThat(before).startsWith("8 bytes in 1 file, the last of ");
    assertThat(ArrayFiles.state(file)).isEqualTo(before);
    Files.setLastModifiedTime(file, FileTime.fromMillis(1000));
    assertThat(ArrayFiles.state(file)).isNotEqualTo(before);
  }
}
