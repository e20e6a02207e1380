package dev.weft.core.expr;

import dev.weft.core.dtype.DType;
import dev.weft.core.dtype.Promotion;
import dev.weft.core.error.UsageException;
import dev.weft.core.kernel.LibraryKernel.Routine;
import dev.weft.core.op.ElementwiseOp;
import dev.weft.core.op.ElementwiseOps;
import dev.weft.core.op.Reduction;
import dev.weft.core.shape.View;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Operations with complex numbers, made of operations with their parts. */
final class ComplexExprs {
  /** Up to it, a whole exponent means repeated multiplication, as in NumPy. */
  private static final int MOST_FACTORS = 100;

  private static final Map<ElementwiseOp, Function<List<ComplexTerm>, Expr>> ROWS = new HashMap<>();

  static {
    unary(ElementwiseOps.NEGATIVE, ComplexTerm::negative);
    unary(ElementwiseOps.POSITIVE, z -> z);
    unary(ElementwiseOps.CONJ, ComplexTerm::conjugate);
    unary(ElementwiseOps.SQUARE, z -> z.times(z));
    unary(ElementwiseOps.RECIPROCAL, ComplexTerm::reciprocal);
    unary(ElementwiseOps.SIGN, ComplexFunctions::sign);
    parts(ElementwiseOps.ROUND);
    parts(ElementwiseOps.RINT);
    parts(ElementwiseOps.NAN_TO_NUM);
    wide(ElementwiseOps.SQRT, ComplexFunctions::sqrt);
    wide(ElementwiseOps.EXP, ComplexFunctions::exp);
    wide(ElementwiseOps.EXP2, z -> ComplexFunctions.exp(z.times(Math.log(2))));
    wide(ElementwiseOps.EXPM1, ComplexFunctions::expm1);
    wide(ElementwiseOps.LOG, ComplexFunctions::log);
    wide(ElementwiseOps.LOG2, z -> ComplexFunctions.log(z).times(1 / Math.log(2)));
    wide(ElementwiseOps.LOG10, z -> ComplexFunctions.log(z).times(1 / Math.log(10)));
    wide(ElementwiseOps.LOG1P, ComplexFunctions::log1p);
    wide(ElementwiseOps.SIN, ComplexFunctions::sin);
    wide(ElementwiseOps.COS, ComplexFunctions::cos);
    wide(ElementwiseOps.TAN, ComplexFunctions::tan);
    wide(ElementwiseOps.ASIN, ComplexFunctions::asin);
    wide(ElementwiseOps.ACOS, ComplexFunctions::acos);
    wide(ElementwiseOps.ATAN, ComplexFunctions::atan);
    wide(ElementwiseOps.SINH, ComplexFunctions::sinh);
    wide(ElementwiseOps.COSH, ComplexFunctions::cosh);
    wide(ElementwiseOps.TANH, ComplexFunctions::tanh);
    wide(ElementwiseOps.ASINH, ComplexFunctions::asinh);
    wide(ElementwiseOps.ACOSH, ComplexFunctions::acosh);
    wide(ElementwiseOps.ATANH, ComplexFunctions::atanh);
    real(ElementwiseOps.ABS, ComplexTerm::abs);
    real(ElementwiseOps.REAL, ComplexTerm::re);
    real(ElementwiseOps.IMAG, ComplexTerm::im);
    real(ElementwiseOps.ISNAN, z -> z.re().isNan().or(z.im().isNan()));
    real(ElementwiseOps.ISINF, z -> z.re().isInfinite().or(z.im().isInfinite()));
    real(ElementwiseOps.ISFINITE, z -> z.re().isFinite().and(z.im().isFinite()));
    real(ElementwiseOps.LOGICAL_NOT, z -> z.isTrue().not());
    binary(ElementwiseOps.ADD, ComplexTerm::plus);
    binary(ElementwiseOps.SUBTRACT, ComplexTerm::minus);
    binary(ElementwiseOps.MULTIPLY, ComplexTerm::times);
    binary(ElementwiseOps.DIVIDE, ComplexTerm::over);
    truth(ElementwiseOps.EQUAL, ComplexTerm::isEqual);
    truth(ElementwiseOps.NOT_EQUAL, (a, b) -> a.isEqual(b).not());
    truth(ElementwiseOps.ISCLOSE, ComplexExprs::isClose);
    truth(ElementwiseOps.LOGICAL_AND, (a, b) -> a.isTrue().and(b.isTrue()));
    truth(ElementwiseOps.LOGICAL_OR, (a, b) -> a.isTrue().or(b.isTrue()));
    truth(
        ElementwiseOps.LOGICAL_XOR,
        (a, b) -> a.isTrue().apply(ElementwiseOps.LOGICAL_XOR, b.isTrue()));
  }

  private ComplexExprs() {}

  private static void unary(ElementwiseOp op, UnaryOperator<ComplexTerm> function) {
    ROWS.put(op, z -> function.apply(z.getFirst()).join());
  }

  /** A function whose formula may lose digits: computed as complex128, and rounded once. */
  private static void wide(ElementwiseOp op, UnaryOperator<ComplexTerm> function) {
    unary(op, z -> function.apply(z.cast(DType.FLOAT64)).cast(z.re().expr().dtype()));
  }

  /** What is done with each part by itself. */
  private static void parts(ElementwiseOp op) {
    unary(op, z -> new ComplexTerm(z.re().apply(op), z.im().apply(op)));
  }

  private static void real(ElementwiseOp op, Function<ComplexTerm, RealTerm> function) {
    ROWS.put(op, z -> function.apply(z.getFirst()).expr());
  }

  private static void binary(ElementwiseOp op, BinaryOperator<ComplexTerm> function) {
    ROWS.put(op, z -> function.apply(z.getFirst(), z.getLast()).join());
  }

  /** What two numbers have to do with each other. */
  private interface Relation {
    RealTerm of(ComplexTerm a, ComplexTerm b);
  }

  private static void truth(ElementwiseOp op, Relation relation) {
    ROWS.put(op, z -> relation.of(z.getFirst(), z.getLast()).expr());
  }

  /** An operation of which an operand is complex. */
  static Expr apply(ElementwiseOp op, List<Expr> operands) {
    if (op == ElementwiseOps.WHERE) {
      return where(operands);
    }
    DType common = Promotion.common(operands.stream().map(Expr::dtype).toList());
    if (op == ElementwiseOps.POW) {
      return pow(operands.getFirst(), operands.getLast(), common);
    }
    Function<List<ComplexTerm>, Expr> row = ROWS.get(op);
    if (row == null) {
      throw new UsageException(
          "%s does not accept %s, whose numbers have no order or no such function; use the parts or sizes: x.real(), x.imag(), x.abs()"
              .formatted(op.name(), common));
    }
    return row.apply(operands.stream().map(x -> ComplexTerm.of(x, common)).toList());
  }

  private static Expr where(List<Expr> operands) {
    Expr yes = operands.get(1);
    Expr no = operands.get(2);
    Expr truth = Exprs.cast(operands.getFirst(), DType.BOOL);
    if (!yes.dtype().isComplex() && !no.dtype().isComplex()) {
      return Exprs.apply(ElementwiseOps.WHERE, List.of(truth, yes, no));
    }
    DType common = Promotion.of(yes.dtype(), no.dtype());
    RealTerm condition = new RealTerm(truth);
    return ComplexTerm.where(condition, ComplexTerm.of(yes, common), ComplexTerm.of(no, common))
        .join();
  }

  private static Expr pow(Expr x, Expr exponent, DType common) {
    ComplexTerm base = ComplexTerm.of(x, common);
    if (exponent instanceof Expr.Fill fill
        && Math.abs(fill.value().asDouble()) <= MOST_FACTORS
        && fill.value().asDouble() == Math.rint(fill.value().asDouble())) {
      int n = (int) fill.value().asDouble();
      ComplexTerm product = n == 0 ? base.number(1) : product(base, Math.abs(n));
      return Exprs.broadcast((n < 0 ? product.reciprocal() : product).join(), x.shape());
    }
    ComplexTerm power =
        ComplexFunctions.pow(
            base.cast(DType.FLOAT64), ComplexTerm.of(exponent, common).cast(DType.FLOAT64));
    return power.cast(common.part()).join();
  }

  private static ComplexTerm product(ComplexTerm base, int n) {
    if (n == 1) {
      return base;
    }
    ComplexTerm half = product(base, n / 2);
    ComplexTerm even = half.times(half);
    return n % 2 == 0 ? even : even.times(base);
  }

  private static RealTerm isClose(ComplexTerm a, ComplexTerm b) {
    RealTerm apart = a.minus(b).abs();
    RealTerm allowed = b.abs().times(1e-5).plus(1e-8);
    RealTerm near = apart.apply(ElementwiseOps.LESS_EQUAL, allowed);
    return near.and(b.abs().isFinite()).or(a.isEqual(b));
  }

  /** To a complex type, or the truth of complex numbers; other types have no room for them. */
  static Expr cast(Expr input, DType dtype) {
    if (dtype.isComplex()) {
      return ComplexPair.of(input, dtype.part()).join();
    }
    if (dtype == DType.BOOL) {
      return ComplexTerm.of(input, input.dtype()).isTrue().expr();
    }
    throw new UsageException(
        "cast: %s to %s would lose the imaginary parts; use x.real(), x.imag() or x.abs()"
            .formatted(input.dtype(), dtype));
  }

  /** The same done with both parts. */
  static Expr ofParts(Expr x, UnaryOperator<Expr> function) {
    return ComplexPair.of(x).map(function).join();
  }

  /** A view of both parts; of stored numbers the parts of a view, so that no others are read. */
  static Expr view(Expr x, View view, String label) {
    return x instanceof Expr.Source
        ? ComplexPair.of(Exprs.viewOf(x, view, label)).join()
        : ofParts(x, part -> Exprs.view(part, view, label));
  }

  /** Complex arrays one after the other. */
  static Expr concatenate(List<Expr> parts, int axis, DType common) {
    List<Expr> re = new ArrayList<>();
    List<Expr> im = new ArrayList<>();
    for (Expr part : parts) {
      ComplexPair pair = ComplexPair.of(Exprs.cast(part, common));
      re.add(pair.re());
      im.add(pair.im());
    }
    return ComplexPair.of(Exprs.concatenate(re, axis), Exprs.concatenate(im, axis)).join();
  }

  /** A sum, product, mean or variance; complex numbers have no extremes. */
  static Expr reduce(Expr input, Reduction reduction, List<Integer> axes, Expr.Finish finish) {
    return switch (reduction) {
      case SUM -> ofParts(input, part -> Exprs.reduce(part, reduction, axes, finish));
      case PROD -> ComplexProduct.over(ComplexTerm.of(input, input.dtype()), axes).join();
      case MOMENTS -> moments(ComplexPair.of(input), axes, finish);
      case MIN, MAX, ARGMIN, ARGMAX ->
          throw new UsageException(
              "%s of %s: complex numbers have no order; use x.abs(), x.real() or x.imag()"
                  .formatted(reduction.label(), input.dtype()));
    };
  }

  private static Expr moments(ComplexPair pair, List<Integer> axes, Expr.Finish finish) {
    UnaryOperator<Expr> each = part -> Exprs.reduce(part, Reduction.MOMENTS, axes, finish);
    ComplexPair both = pair.map(each);
    return finish instanceof Expr.Finish.Variance
        ? Exprs.apply(ElementwiseOps.ADD, List.of(both.re(), both.im()))
        : both.join();
  }

  /** Sums or products of all elements up to each one along an axis. */
  static Expr scan(Expr input, Routine routine, int axis) {
    return routine == Routine.CUMSUM
        ? ofParts(input, part -> Exprs.scan(part, routine, axis))
        : ComplexProduct.running(ComplexTerm.of(input, input.dtype()), axis).join();
  }

  /** A matrix product, of up to four real ones. */
  static Expr matmul(Expr left, Expr right, ProductCut cut) {
    DType part = Promotion.of(left.dtype(), right.dtype()).part();
    if (!left.dtype().isComplex()) {
      Expr a = Exprs.cast(left, part);
      return ComplexPair.of(right, part).map(b -> Exprs.matmul(a, b, cut)).join();
    }
    if (!right.dtype().isComplex()) {
      Expr b = Exprs.cast(right, part);
      return ComplexPair.of(left, part).map(a -> Exprs.matmul(a, b, cut)).join();
    }
    ComplexPair a = ComplexPair.of(left, part);
    ComplexPair b = ComplexPair.of(right, part);
    RealTerm reRe = new RealTerm(Exprs.matmul(a.re(), b.re(), cut));
    RealTerm imIm = new RealTerm(Exprs.matmul(a.im(), b.im(), cut));
    RealTerm reIm = new RealTerm(Exprs.matmul(a.re(), b.im(), cut));
    RealTerm imRe = new RealTerm(Exprs.matmul(a.im(), b.re(), cut));
    return new ComplexTerm(reRe.minus(imIm), reIm.plus(imRe)).join();
  }
}
