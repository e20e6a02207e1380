package dev.weft.testkit.random;

import dev.weft.core.dtype.DType;
import dev.weft.core.dtype.Scalar;
import dev.weft.core.op.ElementwiseOp;
import dev.weft.core.op.ElementwiseOps;
import dev.weft.core.op.Interpretation;
import dev.weft.core.shape.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Draws expressions: a few sources, then operations on what is there already, so that parts are
 * shared. All steps but the last are exact, lest a last bit flip a comparison; the last one may be
 * an operation with a tolerance.
 */
public final class RandomExpressions {
  /** Types of sources; all that have kernels. */
  private static final List<DType> TYPES = DType.computable();

  private static final List<ElementwiseOp> EXACT =
      ElementwiseOps.all().stream().filter(op -> op.ulps() == 0).toList();
  private static final List<ElementwiseOp> INEXACT =
      ElementwiseOps.all().stream().filter(op -> op.ulps() > 0 && !op.cancels()).toList();
  private static final int MAX_RANK = 4;
  private static final int MAX_STEPS = 12;

  final SplittableRandom random;
  final List<Step> steps = new ArrayList<>();

  private RandomExpressions(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** The expression of this seed, always the same. */
  public static RandomExpression draw(long seed) {
    RandomExpressions drawing = new RandomExpressions(seed);
    drawing.source(drawing.shape());
    int count = 1 + drawing.random.nextInt(MAX_STEPS);
    while (drawing.steps.size() < 1 + count) {
      drawing.move();
    }
    List<Step> results = new ArrayList<>();
    if (drawing.random.nextInt(8) == 0) {
      drawing.inexact();
    }
    results.add(drawing.steps.getLast());
    while (drawing.random.nextInt(4) == 0) {
      results.add(drawing.steps.get(drawing.random.nextInt(drawing.steps.size())));
    }
    return new RandomExpression(seed, List.copyOf(drawing.steps), results);
  }

  Step add(String text, Dense expected, double tolerance, Step.Recipe recipe) {
    Step step = new Step(steps.size(), text, expected, tolerance, recipe);
    steps.add(step);
    return step;
  }

  /** A step to go on from: the last one half of the time. */
  Step any() {
    return random.nextBoolean() ? steps.getLast() : steps.get(random.nextInt(steps.size()));
  }

  private void move() {
    ShapeMoves shapes = new ShapeMoves(this);
    switch (random.nextInt(16)) {
      case 0 -> source(shape());
      case 1 -> generated(shape());
      case 2, 3, 4, 5 -> exact();
      case 6 -> cast();
      case 7, 8 -> shapes.slice();
      case 9 -> shapes.transpose();
      case 10 -> shapes.reshape();
      case 11 -> shapes.broadcast();
      case 12 -> shapes.concatenate();
      case 13 -> shapes.takeOrRechunk();
      case 14, 15 -> new ReductionMoves(this).reduce();
      default -> throw new IllegalStateException();
    }
  }

  private Shape shape() {
    long[] extents = new long[random.nextInt(MAX_RANK)];
    for (int axis = 0; axis < extents.length; axis++) {
      extents[axis] =
          switch (random.nextInt(12)) {
            case 0 -> 0;
            case 1, 2 -> 1;
            case 3 -> extents.length == 1 ? 1 + random.nextInt(300) : 17;
            default -> 2 + random.nextInt(7);
          };
    }
    return Shape.of(extents);
  }

  Step source(Shape shape) {
    DType dtype = TYPES.get(random.nextInt(TYPES.size()));
    boolean special = random.nextInt(6) == 0;
    Dense values = Dense.of(dtype, shape, i -> number(dtype, special));
    return add("source", values, 0, building -> building.source(values));
  }

  /** A small number whose sums are exact; now and then one that is hard. */
  private Scalar number(DType dtype, boolean special) {
    if (!dtype.isFloating()) {
      long small = random.nextLong(19) - (dtype.kind() == DType.Kind.SIGNED ? 9 : 0);
      long value = special && random.nextInt(4) == 0 ? random.nextLong() : small;
      return new Scalar(dtype, dtype.wrap(value), 0);
    }
    if (special && random.nextInt(4) == 0) {
      double[] hard = {-0.0, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1e300};
      return Scalar.of(dtype, hard[random.nextInt(hard.length)]);
    }
    return Scalar.of(dtype, (random.nextInt(81) - 40) / 4.0);
  }

  private void generated(Shape shape) {
    if (random.nextBoolean() && shape.rank() > 0) {
      int axis = random.nextInt(shape.rank());
      Dense index = Dense.at(DType.INT64, shape, at -> new Scalar(DType.INT64, at[axis], 0));
      add(
          "indices along " + axis,
          index,
          0,
          b -> b.session().indices(axis, shape.extents()).rechunk(b.chunks()));
    } else {
      DType dtype = TYPES.get(random.nextInt(TYPES.size()));
      double value = random.nextInt(4);
      Dense filled = Dense.of(dtype, shape, i -> Scalar.of(dtype, value));
      add(
          "full " + value,
          filled,
          0,
          b -> b.session().full(dtype, value, shape.extents()).rechunk(b.chunks()));
    }
  }

  private void cast() {
    Step x = any();
    DType dtype = TYPES.get(random.nextInt(TYPES.size()));
    if (x.expected().dtype().isFloating() && !dtype.isFloating() && dtype != DType.BOOL) {
      // What a number beyond an integer type becomes is checked by the conformance suites.
      for (Scalar s : x.expected().elements()) {
        boolean inside = s.floating() >= 0 && s.floating() <= 100;
        if (!inside) {
          return;
        }
      }
    }
    Dense expected = Mirror.cast(x.expected(), dtype);
    add("cast " + x.name(), expected, 0, b -> b.of(x).cast(dtype));
  }

  private void exact() {
    elementwise(EXACT.get(random.nextInt(EXACT.size())), 0);
  }

  private void inexact() {
    if (random.nextInt(3) == 0) {
      new ReductionMoves(this).variance();
    } else {
      ElementwiseOp op = INEXACT.get(random.nextInt(INEXACT.size()));
      elementwise(op, 1e-5);
    }
  }

  private void elementwise(ElementwiseOp op, double tolerance) {
    List<Step> operands = new ArrayList<>();
    operands.add(any());
    while (operands.size() < op.arity()) {
      operands.add(partner(operands));
    }
    Dense expected;
    try {
      List<DType> types = operands.stream().map(o -> o.expected().dtype()).toList();
      Scalar[] ones = types.stream().map(t -> Scalar.of(t, 1.0)).toArray(Scalar[]::new);
      DType result = Interpretation.apply(op, ones).dtype();
      expected = Mirror.apply(op, result, operands.stream().map(Step::expected).toList());
    } catch (dev.weft.core.error.UsageException refused) {
      // Types that the row does not take, or integers to a negative power.
      return;
    }
    String text = op.name() + operands.stream().map(o -> " " + o.name()).reduce("", String::concat);
    add(
        text,
        expected,
        tolerance,
        b ->
            b.of(operands.getFirst())
                .apply(
                    op,
                    operands.stream().skip(1).map(b::of).toArray(dev.weft.core.NDArray[]::new)));
  }

  /** A step that broadcasts with all of {@code others}, made on the spot if need be. */
  private Step partner(List<Step> others) {
    for (int attempt = 0; attempt < 4; attempt++) {
      Step candidate = any();
      if (others.stream().allMatch(o -> fits(candidate.expected().shape(), o.expected().shape()))) {
        return candidate;
      }
    }
    Shape shape = others.getFirst().expected().shape();
    for (Step other : others) {
      shape = other.expected().shape().rank() > shape.rank() ? other.expected().shape() : shape;
    }
    while (shape.rank() > 0 && random.nextInt(3) == 0) {
      shape = shape.remove(0);
    }
    for (int axis = 0; axis < shape.rank(); axis++) {
      shape = others.size() > 1 || random.nextInt(3) == 0 ? shape.with(axis, 1) : shape;
    }
    return source(shape);
  }

  private static boolean fits(Shape a, Shape b) {
    for (int back = 1; back <= Math.min(a.rank(), b.rank()); back++) {
      long left = a.extent(a.rank() - back);
      long right = b.extent(b.rank() - back);
      if (left != right && left != 1 && right != 1) {
        return false;
      }
    }
    return true;
  }
}
