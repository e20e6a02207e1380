package dev.weft.core.op;

import dev.weft.core.dtype.DType;
import dev.weft.core.dtype.Scalar;
import dev.weft.core.dtype.UnsignedLongs;
import dev.weft.core.error.InternalException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Applies rows to single numbers: what the op table means. Used to fold constants and by the
 * reference device. A row's function is called if it has one; else its composition is followed.
 */
public final class Interpretation {
  private Interpretation() {}

  /** {@code op} of numbers of any accepted types, which are converted as the row says. */
  public static Scalar apply(ElementwiseOp op, Scalar... given) {
    List<DType> types = new ArrayList<>(given.length);
    for (Scalar scalar : given) {
      types.add(scalar.dtype());
    }
    TypeRule.Signature signature = op.resolve(types);
    if (types.size() == 2 && op.comparesWhole(types.getFirst(), types.getLast())) {
      Scalar order = new Scalar(DType.INT64, wholeOrder(given[0], given[1]), 0);
      return evaluate(op, DType.BOOL, order, new Scalar(DType.INT64, 0, 0));
    }
    Scalar[] operands = new Scalar[given.length];
    for (int i = 0; i < operands.length; i++) {
      operands[i] = convert(given[i], signature.operands().get(i));
    }
    return evaluate(op, signature.result(), operands);
  }

  /** The sign of the difference of a uint64 and a signed integer, in either order. */
  private static int wholeOrder(Scalar a, Scalar b) {
    if (a.dtype() != DType.UINT64) {
      return a.integer() < 0 ? -1 : Long.compareUnsigned(a.integer(), b.integer());
    }
    return b.integer() < 0 ? 1 : Long.compareUnsigned(a.integer(), b.integer());
  }

  /** {@code op} of operands that already have the types of the row. */
  public static Scalar evaluate(ElementwiseOp op, DType result, Scalar... x) {
    if (x[x.length - 1].dtype() == DType.FLOAT16) {
      return convert(evaluate(op, result.computed(), computed(x)), result);
    }
    return switch (op.meaning(x[x.length - 1].dtype())) {
      case Meaning.LongUnary m -> integer(result, m.function().applyAsLong(x[0].integer()));
      case Meaning.LongBinary m ->
          integer(result, m.function().applyAsLong(x[0].integer(), x[1].integer()));
      case Meaning.LongTest m -> truth(m.function().test(x[0].integer()));
      case Meaning.LongCompare m -> truth(m.function().test(x[0].integer(), x[1].integer()));
      case Meaning.DoubleUnary m -> floating(result, m.function().applyAsDouble(x[0].floating()));
      case Meaning.DoubleBinary m ->
          floating(result, m.function().applyAsDouble(x[0].floating(), x[1].floating()));
      case Meaning.DoubleTernary m ->
          floating(
              result,
              m.function().applyAsDouble(x[0].floating(), x[1].floating(), x[2].floating()));
      case Meaning.DoubleTest m -> truth(m.function().test(x[0].floating()));
      case Meaning.DoubleCompare m -> truth(m.function().test(x[0].floating(), x[1].floating()));
      case Meaning.Bits m -> integer(result, m.function().applyAsLong(x[0].floating()));
      case Meaning.FromBits m -> floating(result, m.function().applyAsDouble(x[0].integer()));
      case Meaning.Select _ -> x[0].integer() != 0 ? x[1] : x[2];
      case null -> compose(op, result, x);
    };
  }

  private static Scalar[] computed(Scalar[] x) {
    return Arrays.stream(x).map(s -> convert(s, s.dtype().computed())).toArray(Scalar[]::new);
  }

  /** {@code op} by its composition, even where it also has a function. */
  public static Scalar compose(ElementwiseOp op, DType result, Scalar... x) {
    if (x[x.length - 1].dtype() == DType.FLOAT16) {
      return convert(compose(op, result.computed(), computed(x)), result);
    }
    Composition composition = op.composition(x[x.length - 1].dtype());
    if (composition == null) {
      throw new InternalException(
          "%s has neither function nor composition for %s".formatted(op, x[x.length - 1].dtype()));
    }
    Term[] operands = new Term[x.length];
    for (int i = 0; i < x.length; i++) {
      operands[i] = new Value(x[i]);
    }
    return convert(number(composition.build(operands)), result);
  }

  /**
   * A number as another type, as {@code astype}: floats are truncated towards zero and integers
   * wrap around; a float beyond the integers (beyond int32 for types of up to 32 bits, but int64
   * for uint32; see {@link UnsignedLongs#of} for uint64) counts as the last of them, and nan as 0.
   * All but 0 is true.
   */
  public static Scalar convert(Scalar x, DType to) {
    DType from = x.dtype();
    if (from == to) {
      return x;
    }
    if (to.isFloating() && to != DType.FLOAT64 && !from.isFloating()) {
      // Not by way of double: a long may be rounded once only.
      boolean unsigned = from == DType.UINT64;
      float rounded = unsigned ? UnsignedLongs.toFloat(x.integer()) : (float) x.integer();
      return new Scalar(to, 0, to.round(rounded));
    }
    if (to.isFloating()) {
      return floating(to, x.asDouble());
    }
    if (!from.isFloating()) {
      return integer(to, x.integer());
    }
    if (to == DType.BOOL) {
      return truth(x.floating() != 0);
    }
    if (to == DType.UINT64) {
      return integer(to, UnsignedLongs.of(x.floating()));
    }
    boolean wide = to == DType.INT64 || to == DType.UINT32;
    return integer(to, wide ? (long) x.floating() : (int) x.floating());
  }

  private static Scalar truth(boolean value) {
    return new Scalar(DType.BOOL, value ? 1 : 0, 0);
  }

  private static Scalar integer(DType dtype, long value) {
    return new Scalar(dtype, dtype.wrap(value), 0);
  }

  private static Scalar floating(DType dtype, double value) {
    return new Scalar(dtype, 0, dtype.round(value));
  }

  private static Scalar number(Term term) {
    if (term instanceof Value(Scalar value)) {
      return value;
    }
    throw new InternalException("a composition returned a term of its own: " + term);
  }

  private record Value(Scalar value) implements Term {
    @Override
    public DType dtype() {
      return value.dtype();
    }

    @Override
    public Term apply(ElementwiseOp op, Term... others) {
      Scalar[] operands = new Scalar[others.length + 1];
      operands[0] = value;
      for (int i = 0; i < others.length; i++) {
        operands[i + 1] = number(others[i]);
      }
      return new Value(Interpretation.apply(op, operands));
    }

    @Override
    public Term constant(double number) {
      return new Value(Scalar.of(dtype(), number));
    }

    @Override
    public Term cast(DType dtype) {
      return new Value(convert(value, dtype));
    }
  }
}
