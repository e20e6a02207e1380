package dev.weft.kernels;

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

/** Writes kernels for tests; values are numbers, and operands must have the types of the row. */
public final class BodyBuilder {
  private final List<Param> params = new ArrayList<>();
  private final List<SsaValue> body = new ArrayList<>();
  private int scalars;

  public int load(DType dtype) {
    params.add(new Param.Buffer(dtype));
    return add(new SsaValue.Load(params.size() - 1, dtype));
  }

  public int index() {
    params.add(new Param.Index());
    return add(new SsaValue.Load(params.size() - 1, DType.INT64));
  }

  public int random(Param.Distribution distribution, DType dtype) {
    params.add(new Param.Random(distribution, dtype));
    return add(new SsaValue.Load(params.size() - 1, dtype));
  }

  public int scalar(DType dtype) {
    return add(new SsaValue.ScalarParam(scalars++, dtype));
  }

  public int cast(int value, DType dtype) {
    return add(new SsaValue.Convert(value, dtype));
  }

  public int apply(ElementwiseOp op, Integer... args) {
    List<DType> types = Arrays.stream(args).map(arg -> body.get(arg).dtype()).toList();
    return add(new SsaValue.Apply(op, List.of(args), op.resolve(types).result()));
  }

  private int add(SsaValue instruction) {
    body.add(instruction);
    return body.size() - 1;
  }

  public FusedKernel store(int... values) {
    List<Sink> sinks = new ArrayList<>();
    for (int value : values) {
      sinks.add(stored(value));
    }
    return kernel(sinks.toArray(Sink[]::new));
  }

  public Sink reduced(int value, Reduction reduction) {
    return new Sink.Reduce(value, reduction, body.get(value).dtype());
  }

  public Sink stored(int value) {
    return new Sink.Store(value, body.get(value).dtype());
  }

  public FusedKernel kernel(Sink... sinks) {
    return new FusedKernel(params, scalars, body, List.of(sinks));
  }
}
