package dev.weft.gpu.emulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.device.Arguments;
import dev.weft.core.device.Device;
import dev.weft.core.device.Operand;
import dev.weft.core.dtype.DType;
import dev.weft.core.kernel.FusedKernel;
import dev.weft.core.kernel.Param;
import dev.weft.core.kernel.Sink;
import dev.weft.core.reference.ReferenceDevice;
import dev.weft.testkit.conformance.DeviceRun;
import dev.weft.testkit.conformance.TestValues;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * One launch on the emulated and on the reference device over the same random elements; every byte
 * of the outputs must be the same.
 *
 * @param blocks blocks of threads that fill the emulated device
 * @param inputs places in units of elements (of element numbers for computed parameters)
 * @param outputs places in units of elements; words of partial results count as elements
 */
record LaunchOnBoth(
    FusedKernel kernel,
    int blocks,
    long[] extents,
    boolean[] reduced,
    List<Place> inputs,
    List<Place> outputs,
    long... scalars) {

  /**
   * Where elements lie.
   *
   * @param size elements of memory; 0 for an operand without memory
   */
  record Place(long size, long base, long... strides) {}

  static Place dense(long... extents) {
    long[] strides = new long[extents.length];
    long step = 1;
    for (int axis = extents.length - 1; axis >= 0; axis--) {
      strides[axis] = step;
      step *= extents[axis];
    }
    return new Place(step, 0, strides);
  }

  void agrees() throws Throwable {
    List<byte[]> expected;
    List<byte[]> actual;
    try (Device reference = new ReferenceDevice(1L << 30)) {
      expected = run(reference);
    }
    try (Device emulated = Emulation.device(blocks)) {
      actual = run(emulated);
    }
    for (int i = 0; i < expected.size(); i++) {
      int at = Arrays.mismatch(expected.get(i), actual.get(i));
      assertThat(at)
          .as(
              "first byte of output %d of %d that differs, of%n%s",
              i, expected.get(i).length, kernel)
          .isEqualTo(-1);
    }
  }

  private List<byte[]> run(Device device) throws Throwable {
    try (DeviceRun run = new DeviceRun(device)) {
      List<Operand> from = new ArrayList<>();
      for (int i = 0; i < inputs.size(); i++) {
        from.add(input(run, i));
      }
      List<Operand> to = new ArrayList<>();
      List<MemorySegment> memories = new ArrayList<>();
      long[] planeBytes = new long[outputs.size()];
      for (int i = 0; i < outputs.size(); i++) {
        Place place = outputs.get(i);
        boolean partial = kernel.sinks().get(i) instanceof Sink.Reduce;
        int planes = partial ? ((Sink.Reduce) kernel.sinks().get(i)).reduction().planes() : 1;
        int item = partial ? Long.BYTES : dtype(i).itemSize();
        planeBytes[i] = place.size() * item;
        MemorySegment memory = run.memory(place.size() * item * planes);
        memories.add(memory);
        to.add(operand(memory, place, item));
      }
      long[] base = new long[extents.length];
      long[] shape = new long[extents.length];
      for (int axis = 0; axis < extents.length; axis++) {
        base[axis] = reduced[axis] ? 3 : 0;
        shape[axis] = reduced[axis] ? extents[axis] + 4 : 1;
      }
      run.launch(
          kernel, new Arguments(extents, from, to, reduced, base, shape, planeBytes, scalars));
      return memories.stream().map(memory -> memory.toArray(ValueLayout.JAVA_BYTE)).toList();
    }
  }

  private DType dtype(int sink) {
    return kernel.body().get(kernel.sinks().get(sink).value()).dtype();
  }

  private Operand input(DeviceRun run, int number) {
    Place place = inputs.get(number);
    return switch (kernel.params().get(number)) {
      case Param.Index _ -> Operand.index(place.base(), place.strides());
      case Param.Random _ -> Operand.random(42, 7, place.base(), place.strides());
      case Param.Buffer buffer -> {
        DType dtype = buffer.dtype();
        MemorySegment memory = run.memory(place.size() * dtype.itemSize());
        SplittableRandom random = new SplittableRandom(number);
        for (long i = 0; i < place.size(); i++) {
          DeviceRun.store(
              memory, DeviceRun.start() + i * dtype.itemSize(), TestValues.random(dtype, random));
        }
        yield operand(memory, place, dtype.itemSize());
      }
    };
  }

  private static Operand operand(MemorySegment memory, Place place, int item) {
    long[] strides = Arrays.stream(place.strides()).map(stride -> stride * item).toArray();
    return Operand.of(memory, DeviceRun.start() + place.base() * item, strides);
  }
}
