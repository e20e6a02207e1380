package dev.weft.cpu;

import dev.weft.core.dtype.DType;
import dev.weft.core.kernel.FusedKernel;
import dev.weft.core.kernel.Param;
import dev.weft.core.kernel.Sink;
import dev.weft.core.kernel.SsaValue;
import dev.weft.core.op.ElementwiseOp;
import dev.weft.core.op.Reduction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Writes kernels for tests, one value after the other. */
final class Kernels {
  private final List<Param> params = new ArrayList<>();
  private final List<SsaValue> body = new ArrayList<>();
  private final List<Sink> sinks = new ArrayList<>();
  private int scalars;

  int load(DType dtype) {
    params.add(new Param.Buffer(dtype));
    return add(new SsaValue.Load(params.size() - 1, dtype));
  }

  int index() {
    params.add(new Param.Index());
    return add(new SsaValue.Load(params.size() - 1, DType.INT64));
  }

  int random(Param.Distribution distribution, DType dtype) {
    params.add(new Param.Random(distribution, dtype));
    return add(new SsaValue.Load(params.size() - 1, dtype));
  }

  int scalar(DType dtype) {
    return add(new SsaValue.ScalarParam(scalars++, dtype));
  }

  int apply(ElementwiseOp op, Integer... args) {
    List<DType> given = Arrays.stream(args).map(arg -> body.get(arg).dtype()).toList();
    return add(new SsaValue.Apply(op, List.of(args), op.resolve(given).result()));
  }

  int convert(int value, DType dtype) {
    return add(new SsaValue.Convert(value, dtype));
  }

  Kernels store(int value) {
    sinks.add(new Sink.Store(value, body.get(value).dtype()));
    return this;
  }

  Kernels reduce(int value, Reduction reduction) {
    sinks.add(new Sink.Reduce(value, reduction, body.get(value).dtype()));
    return this;
  }

  FusedKernel kernel() {
    return new FusedKernel(params, scalars, body, sinks);
  }

  private int add(SsaValue instruction) {
    body.add(instruction);
    return body.size() - 1;
  }
}
