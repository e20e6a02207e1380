package dev.weft.core.fuse;

import dev.weft.core.dtype.DType;
import dev.weft.core.dtype.Scalar;
import dev.weft.core.error.InternalException;
import dev.weft.core.expr.Expr;
import dev.weft.core.kernel.FusedKernel;
import dev.weft.core.kernel.Param;
import dev.weft.core.kernel.Sink.Reduce;
import dev.weft.core.kernel.Sink.Store;
import dev.weft.core.kernel.SsaValue;
import dev.weft.core.shape.View;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Writes the kernel of one group: loads and scalars as needed, then the operations. */
final class KernelBuilder {
  private final Function<Expr, ArrayDef> arrays;
  private final Map<Expr, Integer> values = new IdentityHashMap<>();
  private final Map<Object, Integer> loads = new HashMap<>();
  private final Map<Scalar, Integer> constants = new HashMap<>();
  private final List<SsaValue> body = new ArrayList<>();
  private final List<Param> params = new ArrayList<>();
  private final List<Stage.Input> inputs = new ArrayList<>();
  private final List<Long> scalars = new ArrayList<>();
  private final List<dev.weft.core.kernel.Sink> sinks = new ArrayList<>();

  /** {@code arrays} gives the array in which a kept node's elements are found. */
  KernelBuilder(Group group, Function<Expr, ArrayDef> arrays) {
    this.arrays = arrays;
    for (Expr node : group.inside) {
      values.put(node, emit(node, group));
    }
    for (FusionRoot sink : group.sinks) {
      int value = value(sink.root());
      DType dtype = sink.root().dtype();
      sinks.add(
          sink.reduce() == null
              ? new Store(value, dtype)
              : new Reduce(value, sink.reduce().reduction(), dtype));
    }
  }

  FusedKernel kernel() {
    return new FusedKernel(params, scalars.size(), body, sinks);
  }

  List<Stage.Input> inputs() {
    return inputs;
  }

  List<Long> scalars() {
    return scalars;
  }

  private int value(Expr node) {
    Integer value = values.get(node);
    if (value == null) {
      throw new IllegalStateException("no value for " + node.getClass().getSimpleName());
    }
    return value;
  }

  private int emit(Expr node, Group group) {
    boolean computed = group.computes(node);
    return switch (node) {
      case Expr.Elementwise e when computed ->
          append(
              new SsaValue.Apply(e.op(), e.inputs().stream().map(this::value).toList(), e.dtype()));
      case Expr.Cast c when computed -> append(new SsaValue.Convert(value(c.input()), c.dtype()));
      case Expr.Rechunk r when computed -> value(r.input());
      default -> load(node);
    };
  }

  private int append(SsaValue value) {
    body.add(value);
    return body.size() - 1;
  }

  private int load(Expr node) {
    View view = View.identity(node.shape());
    Expr base = node;
    while (base instanceof Expr.ViewOf seen) {
      view = view.of(seen.view());
      base = seen.input();
    }
    base.dtype().requireReal("compute");
    return switch (base) {
      case Expr.Fill fill -> constants.computeIfAbsent(fill.value(), this::scalar);
      case Expr.Iota iota -> load(new Stage.Input.OfIndex(iota.axis(), view), new Param.Index());
      case Expr.Random r ->
          load(
              new Stage.Input.OfRandom(r.seed(), r.stream(), r.shape(), view),
              new Param.Random(r.distribution(), r.dtype()));
      default -> {
        ArrayDef array = arrays.apply(base);
        yield load(new Stage.Input.OfArray(array, view), new Param.Buffer(array.dtype()));
      }
    };
  }

  private int scalar(Scalar value) {
    scalars.add(value.bits());
    return append(new SsaValue.ScalarParam(scalars.size() - 1, value.dtype()));
  }

  private int load(Stage.Input input, Param param) {
    Object key =
        switch (input) {
          case Stage.Input.OfArray(ArrayDef array, View view) -> List.of("array", array.id(), view);
          case Stage.Input.OfIndex(int axis, View view) -> List.of("index", axis, view);
          case Stage.Input.Before before ->
              throw new InternalException("fused kernels go on from nothing");
          case Stage.Input.OfRandom random ->
              List.of(param, random.seed(), random.stream(), random.shape(), random.view());
        };
    return loads.computeIfAbsent(
        key,
        k -> {
          params.add(param);
          inputs.add(input);
          return append(new SsaValue.Load(params.size() - 1, param.dtype()));
        });
  }
}
