package dev.weft.core.reference;

import dev.weft.core.device.Arguments;
import dev.weft.core.device.Operand;
import dev.weft.core.dtype.DType;
import dev.weft.core.dtype.Scalar;
import dev.weft.core.kernel.FusedKernel;
import dev.weft.core.kernel.Param;
import dev.weft.core.kernel.Sink;
import dev.weft.core.kernel.SsaValue;
import dev.weft.core.op.Interpretation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** One launch of a fused kernel: all elements in C order, each through the whole body. */
final class FusedRun {
  private final FusedKernel kernel;
  private final Arguments arguments;
  private final Scalar[] values;

  /** Per reducing sink, the sequence of each kept cell, by the address of its partial result. */
  private final List<Map<Long, ReductionSequence>> cells = new ArrayList<>();

  FusedRun(FusedKernel kernel, Arguments arguments) {
    this.kernel = kernel;
    this.arguments = arguments;
    this.values = new Scalar[kernel.body().size()];
  }

  void run() {
    for (int i = 0; i < kernel.sinks().size(); i++) {
      cells.add(new LinkedHashMap<>());
    }
    long[] kept = arguments.extents().clone();
    for (int axis = 0; axis < kept.length; axis++) {
      kept[axis] = arguments.reduced()[axis] ? 1 : kept[axis];
    }
    Indices.forEach(kept, this::prepare);
    Indices.forEach(arguments.extents(), this::element);
    for (int i = 0; i < cells.size(); i++) {
      finish(i);
    }
  }

  /** Every kept cell gets a result, even where nothing is reduced into it. */
  private void prepare(long[] index) {
    for (int i = 0; i < cells.size(); i++) {
      if (kernel.sinks().get(i) instanceof Sink.Reduce reduce) {
        long address = ElementMemory.offset(arguments.outputs().get(i), index);
        cells.get(i).put(address, new ReductionSequence(reduce.reduction(), reduce.dtype()));
      }
    }
  }

  private void element(long[] index) {
    for (int i = 0; i < values.length; i++) {
      values[i] = value(kernel.body().get(i), index);
    }
    for (int i = 0; i < cells.size(); i++) {
      Operand output = arguments.outputs().get(i);
      long offset = ElementMemory.offset(output, index);
      switch (kernel.sinks().get(i)) {
        case Sink.Store store ->
            ElementMemory.store(ElementMemory.of(output), offset, values[store.value()]);
        case Sink.Reduce reduce ->
            Objects.requireNonNull(cells.get(i).get(offset))
                .add(values[reduce.value()], position(index));
      }
    }
  }

  private Scalar value(SsaValue value, long[] index) {
    return switch (value) {
      case SsaValue.Load load -> load(load, index);
      case SsaValue.ScalarParam scalar ->
          ofBits(scalar.dtype(), arguments.scalars()[scalar.scalar()]);
      case SsaValue.Apply apply -> {
        Scalar[] operands = new Scalar[apply.args().size()];
        for (int i = 0; i < operands.length; i++) {
          operands[i] = values[apply.args().get(i)];
        }
        yield Interpretation.evaluate(apply.op(), apply.dtype(), operands);
      }
      case SsaValue.Convert convert ->
          Interpretation.convert(values[convert.arg()], convert.dtype());
    };
  }

  private Scalar load(SsaValue.Load load, long[] index) {
    Operand operand = arguments.inputs().get(load.param());
    long offset = ElementMemory.offset(operand, index);
    return switch (kernel.params().get(load.param())) {
      case Param.Buffer buffer ->
          ElementMemory.load(ElementMemory.of(operand), offset, buffer.dtype());
      case Param.Index _ -> new Scalar(DType.INT64, offset, 0);
      case Param.Random random ->
          RandomElement.of(
              random.distribution(), random.dtype(), operand.key()[0], operand.key()[1], offset);
    };
  }

  private static Scalar ofBits(DType dtype, long bits) {
    return dtype.isFloating()
        ? new Scalar(dtype, 0, Double.longBitsToDouble(bits))
        : new Scalar(dtype, bits, 0);
  }

  /** The C-order index of an element among the reduced axes of the whole array. */
  private long position(long[] index) {
    long position = 0;
    for (int axis = 0; axis < index.length; axis++) {
      if (arguments.reduced()[axis]) {
        long global = arguments.reduceBase()[axis] + index[axis];
        position = position * arguments.reduceShape()[axis] + global;
      }
    }
    return position;
  }

  private void finish(int sink) {
    Operand output = arguments.outputs().get(sink);
    for (Map.Entry<Long, ReductionSequence> cell : cells.get(sink).entrySet()) {
      long[] words = cell.getValue().finish();
      for (int plane = 0; plane < words.length; plane++) {
        long offset = cell.getKey() + plane * arguments.planeBytes()[sink];
        ElementMemory.storeWord(ElementMemory.of(output), offset, words[plane]);
      }
    }
  }
}
