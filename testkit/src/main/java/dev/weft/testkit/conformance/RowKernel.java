package dev.weft.testkit.conformance;

import dev.weft.core.device.Arguments;
import dev.weft.core.device.Device;
import dev.weft.core.device.Operand;
import dev.weft.core.dtype.DType;
import dev.weft.core.dtype.Scalar;
import dev.weft.core.kernel.FusedKernel;
import dev.weft.core.kernel.Param;
import dev.weft.core.kernel.Sink;
import dev.weft.core.kernel.SsaValue;
import dev.weft.core.op.ElementwiseOp;
import dev.weft.core.op.TypeRule;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A kernel of one row over operands of one type, and how to run it on given numbers. */
public record RowKernel(FusedKernel kernel, DType operand, DType result) {

  /** The kernel of {@code row}; operands are converted as the row's type rule says. */
  public static RowKernel of(ElementwiseOp row, DType dtype) {
    List<Param> params = new ArrayList<>();
    List<SsaValue> body = new ArrayList<>();
    TypeRule.Signature signature = row.resolve(Collections.nCopies(row.arity(), dtype));
    for (int i = 0; i < row.arity(); i++) {
      params.add(new Param.Buffer(dtype));
      body.add(new SsaValue.Load(i, dtype));
    }
    List<Integer> args = new ArrayList<>();
    for (int i = 0; i < row.arity(); i++) {
      DType wanted = signature.operands().get(i);
      if (wanted == dtype) {
        args.add(i);
      } else {
        args.add(body.size());
        body.add(new SsaValue.Convert(i, wanted));
      }
    }
    body.add(new SsaValue.Apply(row, args, signature.result()));
    Sink sink = new Sink.Store(body.size() - 1, signature.result());
    return new RowKernel(
        new FusedKernel(params, 0, body, List.of(sink)), dtype, signature.result());
  }

  /** The kernel that converts elements of one type to another. */
  public static RowKernel conversion(DType from, DType to) {
    List<SsaValue> body = new ArrayList<>(List.of(new SsaValue.Load(0, from)));
    if (from != to) {
      body.add(new SsaValue.Convert(0, to));
    }
    Sink sink = new Sink.Store(body.size() - 1, to);
    FusedKernel kernel = new FusedKernel(List.of(new Param.Buffer(from)), 0, body, List.of(sink));
    return new RowKernel(kernel, from, to);
  }

  /** Runs over the first {@code count} elements of each operand, laid out as asked. */
  public List<Scalar> run(
      Device device, List<List<Scalar>> operands, int count, ElementLayout layout)
      throws Throwable {
    return run(device, operands, count, layout, 1);
  }

  /** As {@link #run}, several times over; the results are those of the last launch. */
  public List<Scalar> run(
      Device device, List<List<Scalar>> operands, int count, ElementLayout layout, int launches)
      throws Throwable {
    try (DeviceRun run = new DeviceRun(device)) {
      List<Operand> inputs = new ArrayList<>();
      for (int k = 0; k < operands.size(); k++) {
        boolean single = layout.broadcast() && k == operands.size() - 1;
        inputs.add(input(run, operands.get(k), single ? 1 : count, layout, single));
      }
      int size = result.itemSize();
      MemorySegment out = run.memory(layout.reserved(count) * size);
      long base = DeviceRun.start() + layout.base(count, size);
      Operand output = Operand.of(out, base, new long[] {layout.stride(size)});
      Arguments arguments = Arguments.map(new long[] {count}, inputs, List.of(output), new long[0]);
      for (int i = 0; i < launches; i++) {
        run.launch(kernel, arguments);
      }
      List<Scalar> results = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        results.add(DeviceRun.load(out, base + i * layout.stride(size), result));
      }
      return results;
    }
  }

  private Operand input(
      DeviceRun run, List<Scalar> values, int count, ElementLayout layout, boolean single) {
    int size = operand.itemSize();
    MemorySegment memory = run.memory(layout.reserved(Math.max(1, count)) * size);
    long base = DeviceRun.start() + layout.base(count, size);
    for (int i = 0; i < count; i++) {
      DeviceRun.store(memory, base + i * layout.stride(size), values.get(i));
    }
    return Operand.of(memory, base, new long[] {single ? 0 : layout.stride(size)});
  }
}
