package dev.weft.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.device.Arguments;
import dev.weft.core.device.Device;
import dev.weft.core.device.DeviceOptions;
import dev.weft.core.dtype.DType;
import dev.weft.core.kernel.FusedKernel;
import dev.weft.core.op.ElementwiseOps;
import dev.weft.core.op.Reduction;
import dev.weft.core.reference.ReferenceProvider;
import dev.weft.cpu.compile.TieringPolicy;
import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Launches give the bits of the reference device, wherever operands lie and whoever runs them. */
class CpuDeviceLaunchTest {
  private static final long MEMORY = 1L << 30;

  private static Device reference;
  private static List<Device> devices;

  @BeforeAll
  static void open() {
    reference = new ReferenceProvider().open(new DeviceOptions(1, MEMORY, false, 0));
    devices =
        List.of(
            CpuDevice.open(new DeviceOptions(1, MEMORY, false, 0)),
            CpuDevice.open(new DeviceOptions(3, MEMORY, true, 0), TieringPolicy.Start.VECTOR),
            CpuDevice.open(new DeviceOptions(2, MEMORY, true, 0)));
  }

  @AfterAll
  static void close() {
    reference.close();
    devices.forEach(Device::close);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5})
  void mapsOfEveryRank(int rank) {
    Kernels sum = new Kernels();
    int x = sum.load(DType.FLOAT64);
    int y = sum.load(DType.FLOAT64);
    int z = sum.apply(ElementwiseOps.ADD, sum.apply(ElementwiseOps.MULTIPLY, x, y), x);
    FusedKernel kernel = sum.store(z).kernel();
    for (int round = 0; round < 40; round++) {
      check(kernel, rank, round % 10 == 0 ? 20_000 : 3000, rank * 1000 + round, new long[0]);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5})
  void mapsOfSeveralTypes(int rank) {
    Kernels mixed = new Kernels();
    int a = mixed.load(DType.INT16);
    int b = mixed.load(DType.FLOAT32);
    int index = mixed.index();
    int c = mixed.apply(ElementwiseOps.ADD, a, mixed.scalar(DType.INT16));
    int less =
        mixed.apply(
            ElementwiseOps.LESS,
            mixed.convert(c, DType.FLOAT64),
            mixed.convert(index, DType.FLOAT64));
    FusedKernel kernel = mixed.store(c).store(less).store(mixed.convert(b, DType.FLOAT64)).kernel();
    for (int round = 0; round < 20; round++) {
      check(kernel, rank, 3000, rank * 1000 + round, new long[] {5});
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5})
  void reductionsOfEveryRank(int rank) {
    for (Reduction reduction : Reduction.values()) {
      for (DType dtype : List.of(DType.FLOAT64, DType.FLOAT32, DType.INT64, DType.UINT8)) {
        Kernels loaded = new Kernels();
        FusedKernel kernel = loaded.reduce(loaded.load(dtype), reduction).kernel();
        for (int round = 0; round < 12; round++) {
          check(kernel, rank, round % 6 == 0 ? 30_000 : 2000, rank * 1000 + round, new long[0]);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void reductionsAndStoresTogether(int rank) {
    Kernels several = new Kernels();
    int x = several.load(DType.FLOAT64);
    int y = several.load(DType.FLOAT64);
    int z = several.apply(ElementwiseOps.MULTIPLY, x, y);
    several.reduce(z, Reduction.SUM).store(z).reduce(z, Reduction.MOMENTS);
    several.reduce(x, Reduction.ARGMAX).reduce(z, Reduction.MIN);
    FusedKernel kernel = several.kernel();
    for (int round = 0; round < 40; round++) {
      check(kernel, rank, round % 6 == 0 ? 40_000 : 2000, rank * 1000 + round, new long[0]);
    }
  }

  @Test
  void largeLaunchesAreSplitWithoutATrace() {
    Kernels several = new Kernels();
    int x = several.load(DType.FLOAT64);
    int y = several.load(DType.FLOAT64);
    int z = several.apply(ElementwiseOps.MULTIPLY, x, y);
    several.reduce(z, Reduction.SUM).reduce(z, Reduction.MOMENTS).store(z);
    FusedKernel kernel = several.kernel();
    for (int round = 0; round < 8; round++) {
      compare(kernel, devices.getFirst(), 1 + round % 3, 700_000, round, new long[0]);
    }
  }

  @Test
  void nothingIsReducedToTheIdentity() {
    Kernels loaded = new Kernels();
    int x = loaded.load(DType.FLOAT64);
    FusedKernel kernel = loaded.reduce(x, Reduction.SUM).reduce(x, Reduction.MOMENTS).kernel();
    try (Arena arena = Arena.ofShared()) {
      Launches launches = new Launches(1, arena);
      long[] extents = {3, 0, 2};
      Arguments expected =
          launches.arguments(kernel, extents, new boolean[] {false, true, false}, new long[0]);
      Launches.run(reference, kernel, expected);
      compare(kernel, launches, expected, "nothing");
    }
  }

  private static void check(FusedKernel kernel, int rank, long size, long seed, long[] scalars) {
    compare(kernel, reference, rank, size, seed, scalars);
  }

  private static void compare(
      FusedKernel kernel, Device first, int rank, long size, long seed, long[] scalars) {
    try (Arena arena = Arena.ofShared()) {
      Launches launches = new Launches(seed, arena);
      long[] extents = launches.extents(rank, size);
      boolean[] reduced = new boolean[rank];
      for (int axis = 0; axis < rank; axis++) {
        reduced[axis] = launches.random().nextBoolean();
      }
      Arguments expected = launches.arguments(kernel, extents, reduced, scalars);
      Launches.run(first, kernel, expected);
      compare(kernel, launches, expected, "seed " + seed);
    }
  }

  private static void compare(
      FusedKernel kernel, Launches launches, Arguments expected, String what) {
    for (int number = 0; number < devices.size(); number++) {
      Arguments actual = launches.again(expected);
      Launches.run(devices.get(number), kernel, actual);
      for (int output = 0; output < expected.outputs().size(); output++) {
        assertThat(
                expected
                    .outputs()
                    .get(output)
                    .memory()
                    .mismatch(actual.outputs().get(output).memory()))
            .as(
                "%s, device %d, output %d, extents %s, reduced %s, steps %s -> %s of%n%s",
                what,
                number,
                output,
                Arrays.toString(expected.extents()),
                Arrays.toString(expected.reduced()),
                steps(expected.inputs()),
                steps(expected.outputs()),
                kernel)
            .isEqualTo(-1);
      }
    }
  }

  private static String steps(List<dev.weft.core.device.Operand> operands) {
    return operands.stream()
        .map(operand -> Arrays.toString(operand.strides()))
        .collect(Collectors.joining(" "));
  }
}
