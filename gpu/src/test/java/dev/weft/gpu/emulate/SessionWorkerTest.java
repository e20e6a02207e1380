package dev.weft.gpu.emulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weft.core.Session;
import dev.weft.core.memory.DeviceGroup;
import dev.weft.core.place.Rates;
import dev.weft.core.reference.ReferenceDevice;
import dev.weft.gpu.workload.SessionWorker;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/**
 * Weft's side of {@code bench/gpu/compare} runs every workload, on the emulated GPU; the times mean
 * nothing here. Against NumPy its results are checked by {@code compare} itself.
 */
@EnabledIf(value = "dev.weft.gpu.emulate.Emulation#hasCompiler", disabledReason = Emulation.NOT_RUN)
@Timeout(300)
class SessionWorkerTest {
  private static final long MEMORY = 1L << 28;
  private static final int SIDE = 24;
  private static final int N = SIDE * SIDE;
  private static final String VECTOR = N + "";
  private static final String SQUARE = SIDE + "," + SIDE;

  private static final Map<String, String> SHAPES =
      Map.of(
          "x", VECTOR, "y", VECTOR, "s", VECTOR, "k", VECTOR, "t", VECTOR, "m", SQUARE, "q", SQUARE,
          "a0", SQUARE, "b0", SQUARE);

  private static final List<String> WORKLOADS =
      List.of(
          "sum_sqrt x y",
          "exp_sin x y",
          "black_scholes s k t",
          "add x y",
          "sum x",
          "mean_std x",
          "min x",
          "sum_axis0 m",
          "mean_std_axis1 m",
          "min_axis0 m",
          "transpose_mean q",
          "poly8 x",
          "where_mix x y",
          "stencil5 q",
          "softmax m",
          "matmul_0 a0 b0",
          "random_uniform_mean",
          "random_normal_mean");

  @TempDir private Path folder;

  private final SessionWorker onGpu =
      new SessionWorker(
          config ->
              Session.open(
                  config,
                  new DeviceGroup(
                      new ReferenceDevice(MEMORY),
                      false,
                      List.of(EmulatedGpu.open().device()),
                      (host, device) -> new Rates(1, 1, 1, 1, 1, 1))),
          "cuda");

  private final SessionWorker onHost =
      new SessionWorker(config -> Session.open(config, new ReferenceDevice(MEMORY)), "reference");

  @Test
  void everyWorkloadHasTheResultsOfTheHost() throws IOException {
    SplittableRandom random = new SplittableRandom(5);
    for (String name : SHAPES.keySet()) {
      ByteBuffer bytes = ByteBuffer.allocate(N * Double.BYTES).order(ByteOrder.nativeOrder());
      while (bytes.hasRemaining()) {
        bytes.putDouble(0.25 + 2 * random.nextDouble());
      }
      Files.write(folder.resolve(name + ".bin"), bytes.array());
    }
    for (String workload : WORKLOADS) {
      String request = request(workload);
      Map<String, String> found = onGpu.answer(request);
      assertThat(found)
          .as(workload)
          .containsKeys("wall_ms", "kernel_ms", "call_ms", "bytes_in", "bytes_out", "shape0")
          .containsEntry("dtype0", "float64");
      assertThat(Double.parseDouble(found.get("kernel_ms"))).as(workload).isPositive();
      assertThat(Integer.parseInt(found.get("tasks"))).as(workload).isPositive();
      List<double[]> results = results();
      Map<String, String> expected = onHost.answer(request);
      assertThat(found.get("shape0")).as(workload).isEqualTo(expected.get("shape0"));
      List<double[]> right = results();
      assertThat(results).as(workload).hasSameSizeAs(right);
      for (int i = 0; i < right.size(); i++) {
        assertThat(results.get(i)).as(workload).hasSameSizeAs(right.get(i));
        for (int j = 0; j < right.get(i).length; j++) {
          assertThat(results.get(i)[j]).as(workload).isCloseTo(right.get(i)[j], within(1e-12));
        }
      }
    }
  }

  private String request(String workload) {
    String[] words = workload.split(" ");
    StringBuilder request = new StringBuilder("%s float64 %d 3 %s".formatted(words[0], N, folder));
    for (int i = 1; i < words.length; i++) {
      request.append(' ').append(words[i]).append('=').append(SHAPES.get(words[i]));
    }
    return request.toString();
  }

  /** What was written, which is then removed. */
  private List<double[]> results() throws IOException {
    List<double[]> results = new ArrayList<>();
    for (int i = 0; Files.exists(folder.resolve("out" + i + ".bin")); i++) {
      Path file = folder.resolve("out" + i + ".bin");
      DoubleBuffer values =
          ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.nativeOrder()).asDoubleBuffer();
      double[] result = new double[values.remaining()];
      values.get(result);
      results.add(result);
      Files.delete(file);
    }
    return results;
  }
}
