package dev.weft.core.expr;

import dev.weft.core.shape.Shape;
import dev.weft.core.shape.View;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/** Products of many complex numbers, of halves that are multiplied with each other. */
final class ComplexProduct {
  private ComplexProduct() {}

  /** The product over axes, which are dropped; 1 of nothing. */
  static ComplexTerm over(ComplexTerm x, List<Integer> axes) {
    ComplexTerm rest = x;
    for (int axis : axes.reversed()) {
      int along = axis;
      ComplexTerm product = along(rest, along);
      Shape shape = product.re().expr().shape().remove(along);
      rest =
          map(
              product,
              part -> Exprs.reshape(part, shape, ChunkRules.reduce(part.chunks(), List.of(along))));
    }
    return rest;
  }

  private static ComplexTerm along(ComplexTerm x, int axis) {
    long extent = x.re().expr().shape().extent(axis);
    if (extent == 0) {
      Shape one = x.re().expr().shape().with(axis, 1);
      return map(x.number(1), part -> Exprs.broadcast(part, one));
    }
    if (extent == 1) {
      return x;
    }
    long half = extent / 2;
    ComplexTerm pairs = part(x, axis, 0, half).times(part(x, axis, half, 2 * half));
    ComplexTerm product = along(pairs, axis);
    return extent % 2 == 0 ? product : product.times(part(x, axis, extent - 1, extent));
  }

  /** Products of all elements up to each one along an axis. */
  static ComplexTerm running(ComplexTerm x, int axis) {
    long extent = x.re().expr().shape().extent(axis);
    ComplexTerm products = x;
    for (long step = 1; step < extent; step *= 2) {
      ComplexTerm known = part(products, axis, 0, step);
      ComplexTerm earlier = part(products, axis, 0, extent - step);
      ComplexTerm more = part(products, axis, step, extent).times(earlier);
      products =
          new ComplexTerm(joined(known.re(), more.re(), axis), joined(known.im(), more.im(), axis));
    }
    return products;
  }

  private static RealTerm joined(RealTerm first, RealTerm second, int axis) {
    return new RealTerm(Exprs.concatenate(List.of(first.expr(), second.expr()), axis));
  }

  private static ComplexTerm part(ComplexTerm x, int axis, long from, long to) {
    Shape shape = x.re().expr().shape();
    long[] start = new long[shape.rank()];
    start[axis] = from;
    long[] step = new long[shape.rank()];
    Arrays.fill(step, 1);
    View view = View.slice(shape, start, step, shape.with(axis, to - from).extents());
    return map(x, part -> Exprs.view(part, view, "slice"));
  }

  private static ComplexTerm map(ComplexTerm x, UnaryOperator<Expr> function) {
    return new ComplexTerm(
        new RealTerm(function.apply(x.re().expr())), new RealTerm(function.apply(x.im().expr())));
  }
}
