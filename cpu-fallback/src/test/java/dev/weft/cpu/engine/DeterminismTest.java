package dev.weft.cpu.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.ChunkSpec;
import dev.weft.core.HostArray;
import dev.weft.core.NDArray;
import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import dev.weft.core.device.Device;
import dev.weft.core.device.DeviceOptions;
import dev.weft.core.dtype.DType;
import dev.weft.core.shape.Shape;
import dev.weft.cpu.CpuDevice;
import dev.weft.cpu.compile.TieringPolicy;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Reductions of awkward numbers give the same bits whatever the threads, the vectors, the
 * optimiser, the device, and however warm the code is.
 */
final class DeterminismTest {
  private static final int REPETITIONS = 20;
  private static final long[] EXTENTS = {37, 3, 141};
  private static final int[][] AXES = {{}, {0}, {1}, {2}, {0, 2}};

  @ParameterizedTest
  @EnumSource(
      value = DType.class,
      names = {"FLOAT32", "FLOAT64"})
  void reductionsGiveTheSameBitsEverywhere(DType dtype) {
    try (HostArray cube = awkward(dtype, Shape.of(EXTENTS), 1);
        HostArray line = awkward(dtype, Shape.of(20_000), 2)) {
      Map<String, String> expected;
      try (Session reference = Session.open(config("reference", 1))) {
        expected = bits(reference, cube, line);
      }
      try (Session plain = Session.open(config("reference", 1).withOptimize(false))) {
        assertThat(bits(plain, cube, line)).as("not optimised").isEqualTo(expected);
      }
      for (int threads = 1; threads <= 4; threads++) {
        for (boolean vectors : new boolean[] {true, false}) {
          SessionConfig config = config("cpu", threads).withVectors(vectors);
          try (Session session = Session.open(config.withOptimize(threads != 3))) {
            int repetitions = vectors ? REPETITIONS : 3;
            for (int i = 0; i < repetitions; i++) {
              assertThat(bits(session, cube, line))
                  .as("%d threads, vectors %s, run %d", threads, vectors, i)
                  .isEqualTo(expected);
            }
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = DType.class,
      names = {"FLOAT32", "FLOAT64"})
  void theWidthOfVectorsDoesNotMatter(DType dtype) {
    try (HostArray cube = awkward(dtype, Shape.of(EXTENTS), 1);
        HostArray line = awkward(dtype, Shape.of(20_000), 2)) {
      Map<String, String> expected;
      try (Session reference = Session.open(config("reference", 1))) {
        expected = bits(reference, cube, line);
      }
      for (int width : new int[] {128, 256, 512}) {
        Device device =
            CpuDevice.open(new DeviceOptions(2, 1L << 28, true, width), TieringPolicy.Start.VECTOR);
        try (Session session = Session.open(config("cpu", 2), device)) {
          for (int i = 0; i < 3; i++) {
            assertThat(bits(session, cube, line)).as("%d bits", width).isEqualTo(expected);
          }
        }
      }
    }
  }

  private static SessionConfig config(String device, int threads) {
    return SessionConfig.defaults()
        .withDevice(device)
        .withThreads(threads)
        .withMemoryLimit(1L << 28);
  }

  /** The bits of every reduction over all axes, by name. */
  private static Map<String, String> bits(Session session, HostArray cube, HostArray line) {
    Map<String, NDArray> arrays = new TreeMap<>();
    NDArray x = session.array(cube.asSource(), ChunkSpec.of(16, 2, 128));
    for (int[] axes : AXES) {
      add(arrays, "cube over " + java.util.Arrays.toString(axes), x, axes);
    }
    add(arrays, "line", session.array(line.asSource(), ChunkSpec.of(4096)));
    add(arrays, "line in odd chunks", session.array(line.asSource(), ChunkSpec.of(1777)));
    add(arrays, "turned", session.array(cube.asSource(), ChunkSpec.of(16, 2, 128)).t(), 0);
    Map<String, String> bits = new TreeMap<>();
    List<HostArray> results = session.compute(new ArrayList<>(arrays.values()));
    int i = 0;
    for (String name : arrays.keySet()) {
      HostArray result = results.get(i++);
      StringBuilder text = new StringBuilder();
      for (double value : result.toDoubleArray()) {
        text.append(Long.toHexString(Double.doubleToLongBits(value))).append(' ');
      }
      result.close();
      bits.put(name, text.toString());
    }
    return bits;
  }

  private static void add(Map<String, NDArray> arrays, String what, NDArray x, int... axes) {
    arrays.put("sum of " + what, x.sum(axes));
    arrays.put("mean of " + what, x.mean(axes));
    arrays.put("std of " + what, x.std(axes));
    arrays.put("prod of " + what, x.abs().sqrt().multiply(0.01).add(1.0).prod(axes));
  }

  /** Numbers of very different sizes and signs, whose sums depend on their order. */
  private static HostArray awkward(DType dtype, Shape shape, long seed) {
    HostArray array = HostArray.allocate(dtype, shape);
    MemorySegment memory = array.segment();
    SplittableRandom random = new SplittableRandom(seed);
    for (long i = 0; i < shape.size(); i++) {
      double value = (random.nextDouble() - 0.5) * Math.scalb(1.0, random.nextInt(-20, 20));
      if (dtype == DType.FLOAT64) {
        memory.setAtIndex(ValueLayout.JAVA_DOUBLE, i, value);
      } else {
        memory.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) value);
      }
    }
    return array;
  }
}
