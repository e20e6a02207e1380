package dev.weft.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.core.HostArray;
import dev.weft.core.NDArray;
import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import dev.weft.core.dtype.DType;
import dev.weft.core.error.DeviceException;
import dev.weft.core.error.WeftException;
import dev.weft.core.shape.Shape;
import dev.weft.io.npy.Npy;
import dev.weft.io.npy.NpySource;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A mapped file that another program shortens: jobs fail and name it, whatever they do with it. */
class ShortenedFileTest {
  private static final int SIDE = 512;
  private static final long BYTES = 128 + 8L * SIDE * SIDE;

  /** Maps, reductions, scans, selections, the user's code, copies; products, which are native. */
  private static final List<UnaryOperator<NDArray>> JOBS =
      List.of(
          x -> x.add(1),
          x -> x.sum(),
          x -> x.mean(0),
          x -> x.t().add(x),
          x -> x.cumsum(0),
          x -> x.take(new long[] {0, 500, 511}, 0),
          x -> x.map(v -> v * 2),
          x -> x.reshape(-1).slice("::-1"),
          x -> x.matmul(x),
          x -> x.argmax());

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "cpu, 0",
    "cpu, 128",
    "cpu, 1000000",
    "cpu, 2097279",
    "cpu-scalar, 1000000",
    "reference, 1000000",
    "reference, 2097279"
  })
  void isNamed(String device, long size) throws IOException {
    Path file = folder.resolve("x.npy");
    SessionConfig config =
        SessionConfig.defaults().withDevice(device).withThreads(2).withChunkBytes(1 << 18);
    try (Session session = Session.open(config)) {
      for (int job = 0; job < JOBS.size(); job++) {
        Files.deleteIfExists(file);
        try (HostArray ones = HostArray.allocate(DType.FLOAT64, Shape.of(SIDE, SIDE))) {
          Npy.write(file, ones);
        }
        try (NpySource source = Npy.read(file)) {
          NDArray result = JOBS.get(job).apply(session.array(source));
          shorten(file, size);
          assertThatThrownBy(() -> result.compute().close())
              .as("job %d", job)
              .isInstanceOf(WeftException.class)
              .hasMessageContaining(
                  "read %s: the file was shortened while it was in use: it had %,d bytes and has %,d now, its time was "
                      .formatted(file, BYTES, size))
              .hasMessageNotContaining("InternalError")
              .satisfies(
                  e ->
                      assertThat(e instanceof DeviceException ? e : e.getCause())
                          .isInstanceOf(DeviceException.class));
        }
      }
      assertThat(session.memory().live()).isZero();
    }
  }

  /** The map is the first to read, in one task, and shortens the file under the other tasks. */
  @ParameterizedTest
  @CsvSource({"cpu", "reference"})
  void whileTheJobRuns(String device) throws IOException {
    Path file = folder.resolve("x.npy");
    try (HostArray ones = HostArray.allocate(DType.FLOAT64, Shape.of(SIDE, SIDE))) {
      Npy.write(file, ones);
    }
    SessionConfig config = SessionConfig.defaults().withDevice(device).withChunkBytes(1 << 18);
    try (Session session = Session.open(config);
        NpySource source = Npy.read(file)) {
      NDArray x = session.array(source);
      NDArray shortening =
          x.slice(":1, :1")
              .mapChunks(DType.FLOAT64, (region, inputs, output) -> shorten(file, 4096));
      assertThatThrownBy(() -> x.add(shortening).sqrt().sum().compute())
          .isInstanceOf(WeftException.class)
          .hasMessageContaining("the file was shortened while it was in use");
    }
  }

  private static void shorten(Path file, long size) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(size);
    }
  }
}
