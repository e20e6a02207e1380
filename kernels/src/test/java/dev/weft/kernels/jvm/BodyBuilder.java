package dev.weft.kernels.jvm;

import dev.weft.core.dtype.DType;
import dev.weft.core.kernel.FusedKernel;
import dev.weft.core.kernel.Instruction;
import dev.weft.core.kernel.Param;
import dev.weft.core.kernel.Sink;
import dev.weft.core.op.ElementwiseOp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Writes kernels for tests; values are numbers, and operands must have the types of the row. */
final class BodyBuilder {
  private final List<Param> params = new ArrayList<>();
  private final List<Instruction> body = new ArrayList<>();
  private int scalars;

  int load(DType dtype) {
    params.add(new Param.Buffer(dtype));
    return add(new Instruction.Load(params.size() - 1, dtype));
  }

  int scalar(DType dtype) {
    return add(new Instruction.ScalarParam(scalars++, dtype));
  }

  int cast(int value, DType dtype) {
    return add(new Instruction.Convert(value, dtype));
  }

  int apply(ElementwiseOp op, Integer... args) {
    List<DType> types = Arrays.stream(args).map(arg -> body.get(arg).dtype()).toList();
    return add(new Instruction.Apply(op, List.of(args), op.resolve(types).result()));
  }

  private int add(Instruction instruction) {
    body.add(instruction);
    return body.size() - 1;
  }

  FusedKernel store(int... values) {
    List<Sink> sinks = new ArrayList<>();
    for (int value : values) {
      sinks.add(new Sink.Store(value, body.get(value).dtype()));
    }
    return new FusedKernel(params, scalars, body, sinks);
  }
}
