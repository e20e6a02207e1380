package dev.weft.kernels;

import dev.weft.core.dtype.DType;
import dev.weft.core.dtype.Scalar;
import dev.weft.core.error.InternalException;
import dev.weft.core.kernel.FusedKernel;
import dev.weft.core.kernel.Sink;
import dev.weft.core.kernel.SsaValue;
import dev.weft.core.op.Composition;
import dev.weft.core.op.ElementwiseOp;
import dev.weft.core.op.Term;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;

/**
 * Rewrites a kernel so that only primitive rows are left, none of them over float16; equal values
 * are computed once and unused ones not at all.
 *
 * <pre>
 * %1 = square %0       -->   %1 = multiply %0, %0
 * %2 = cast %1 float32       %2 = cast %1 float32
 * %3 = cast %1 float32
 * </pre>
 */
public final class CompositionExpansion {
  private final FusedKernel kernel;
  private final BiPredicate<ElementwiseOp, DType> primitive;
  private final List<SsaValue> body = new ArrayList<>();
  private final Map<SsaValue, Integer> known = new HashMap<>();
  private final List<Scalar> constants = new ArrayList<>();

  private CompositionExpansion(FusedKernel kernel, BiPredicate<ElementwiseOp, DType> primitive) {
    this.kernel = kernel;
    this.primitive = primitive;
  }

  /**
   * Expands every row that is composed and not {@code primitive} for the type of its last operand.
   */
  public static Expansion expand(FusedKernel kernel, BiPredicate<ElementwiseOp, DType> primitive) {
    return new CompositionExpansion(kernel, primitive).run();
  }

  private Expansion run() {
    int[] mapped = new int[kernel.body().size()];
    boolean[] used = used(kernel.body(), kernel.sinks());
    for (int i = 0; i < mapped.length; i++) {
      if (used[i]) {
        mapped[i] = copy(kernel.body().get(i), mapped);
      }
    }
    return withoutUnused(
        kernel.sinks().stream().map(sink -> moved(sink, mapped[sink.value()])).toList());
  }

  private int copy(SsaValue instruction, int[] mapped) {
    return switch (instruction) {
      case SsaValue.Load load -> emit(load);
      case SsaValue.ScalarParam scalar -> emit(scalar);
      case SsaValue.Convert convert ->
          convert(new Value(mapped[convert.arg()]), convert.dtype()).number;
      case SsaValue.Apply apply ->
          apply(
                  apply.op(),
                  apply.args().stream().map(arg -> new Value(mapped[arg])).toArray(Value[]::new))
              .number;
    };
  }

  private Value apply(ElementwiseOp op, Value[] given) {
    var signature = op.resolve(Arrays.stream(given).map(Value::dtype).toList());
    boolean half = signature.operands().getLast() == DType.FLOAT16;
    Value[] operands = new Value[given.length];
    for (int i = 0; i < given.length; i++) {
      DType wanted = signature.operands().get(i);
      operands[i] = convert(given[i], half ? wanted.computed() : wanted);
    }
    if (half) {
      return convert(apply(op, operands), signature.result());
    }
    Composition composition = op.composition(signature.operands().getLast());
    if (composition != null && !primitive.test(op, signature.operands().getLast())) {
      return convert(of(composition.build(operands.clone())), signature.result());
    }
    List<Integer> args = Arrays.stream(operands).map(value -> value.number).toList();
    return new Value(emit(new SsaValue.Apply(op, args, signature.result())));
  }

  private Value convert(Value value, DType dtype) {
    return value.dtype() == dtype
        ? value
        : new Value(emit(new SsaValue.Convert(value.number, dtype)));
  }

  private static Value of(Term term) {
    if (term instanceof Value value) {
      return value;
    }
    throw new InternalException("a composition returned a term of its own: " + term);
  }

  private int emit(SsaValue instruction) {
    return known.computeIfAbsent(
        instruction,
        fresh -> {
          body.add(fresh);
          return body.size() - 1;
        });
  }

  /** A composition may compute terms that its result does not need. */
  private Expansion withoutUnused(List<Sink> sinks) {
    boolean[] used = used(body, sinks);
    int[] mapped = new int[body.size()];
    List<SsaValue> kept = new ArrayList<>();
    for (int i = 0; i < body.size(); i++) {
      if (used[i]) {
        mapped[i] = kept.size();
        kept.add(
            switch (body.get(i)) {
              case SsaValue.Load load -> load;
              case SsaValue.ScalarParam scalar -> scalar;
              case SsaValue.Convert convert ->
                  new SsaValue.Convert(mapped[convert.arg()], convert.dtype());
              case SsaValue.Apply apply ->
                  new SsaValue.Apply(
                      apply.op(),
                      apply.args().stream().map(arg -> mapped[arg]).toList(),
                      apply.dtype());
            });
      }
    }
    List<Sink> moved = sinks.stream().map(sink -> moved(sink, mapped[sink.value()])).toList();
    int scalars = kernel.scalars() + constants.size();
    return new Expansion(new FusedKernel(kernel.params(), scalars, kept, moved), constants);
  }

  private static Sink moved(Sink sink, int value) {
    return switch (sink) {
      case Sink.Store store -> new Sink.Store(value, store.dtype());
      case Sink.Reduce reduce -> new Sink.Reduce(value, reduce.reduction(), reduce.dtype());
    };
  }

  private static boolean[] used(List<SsaValue> body, List<Sink> sinks) {
    boolean[] used = new boolean[body.size()];
    for (Sink sink : sinks) {
      used[sink.value()] = true;
    }
    for (int i = body.size() - 1; i >= 0; i--) {
      if (used[i]) {
        switch (body.get(i)) {
          case SsaValue.Load load -> {}
          case SsaValue.ScalarParam scalar -> {}
          case SsaValue.Convert convert -> used[convert.arg()] = true;
          case SsaValue.Apply apply -> apply.args().forEach(arg -> used[arg] = true);
        }
      }
    }
    return used;
  }

  /** A value of the new body, as compositions see it. */
  private final class Value implements Term {
    private final int number;

    Value(int number) {
      this.number = number;
    }

    @Override
    public DType dtype() {
      return body.get(number).dtype();
    }

    @Override
    public Term apply(ElementwiseOp op, Term... others) {
      Value[] operands = new Value[others.length + 1];
      operands[0] = this;
      for (int i = 0; i < others.length; i++) {
        operands[i + 1] = of(others[i]);
      }
      return CompositionExpansion.this.apply(op, operands);
    }

    @Override
    public Term constant(double value) {
      Scalar scalar = Scalar.of(dtype(), value);
      int number = constants.indexOf(scalar);
      if (number < 0) {
        number = constants.size();
        constants.add(scalar);
      }
      return new Value(emit(new SsaValue.ScalarParam(kernel.scalars() + number, scalar.dtype())));
    }

    @Override
    public Term cast(DType dtype) {
      return convert(this, dtype);
    }
  }
}
