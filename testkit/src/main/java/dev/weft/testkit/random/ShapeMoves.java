package dev.weft.testkit.random;

import dev.weft.core.Index;
import dev.weft.core.NDArray;
import dev.weft.core.shape.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Slices, transpositions and other rearrangements of what a random expression has so far. */
final class ShapeMoves {
  private static final int LARGEST = 600;
  private static final int MAX_RANK = 5;

  private final RandomExpressions drawing;
  private final SplittableRandom random;

  ShapeMoves(RandomExpressions drawing) {
    this.drawing = drawing;
    this.random = drawing.random;
  }

  void slice() {
    Step x = drawing.any();
    Shape shape = x.expected().shape();
    List<Index> items = new ArrayList<>();
    for (int axis = 0; axis < shape.rank(); axis++) {
      if (items.size() < MAX_RANK - 1 && random.nextInt(10) == 0) {
        items.add(Index.newAxis());
      }
      items.add(item(shape.extent(axis)));
    }
    Index[] given = items.toArray(Index[]::new);
    drawing.add(
        "slice %s %s".formatted(x.name(), items),
        Mirror.slice(x.expected(), items),
        0,
        b -> b.of(x).slice(given));
  }

  private Index item(long extent) {
    int bound = (int) extent + 3;
    return switch (random.nextInt(6)) {
      case 0 -> extent == 0 ? Index.all() : Index.at(random.nextLong(-extent, extent));
      case 1, 2 -> Index.all();
      default -> {
        Long start = random.nextInt(3) == 0 ? null : (long) random.nextInt(-bound, bound);
        Long stop = random.nextInt(3) == 0 ? null : (long) random.nextInt(-bound, bound);
        long step = (1 + random.nextLong(3)) * (random.nextInt(3) == 0 ? -1 : 1);
        yield new Index.Range(start, stop, random.nextInt(3) == 0 ? null : Long.valueOf(step));
      }
    };
  }

  void transpose() {
    Step x = drawing.any();
    int[] order = new int[x.expected().shape().rank()];
    for (int i = 0; i < order.length; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    if (order.length > 0) {
      drawing.add(
          "transpose %s %s".formatted(x.name(), Arrays.toString(order)),
          Mirror.transpose(x.expected(), order),
          0,
          b -> b.of(x).transpose(order));
    }
  }

  void reshape() {
    Step x = drawing.any();
    long rest = x.expected().shape().size();
    if (rest == 0) {
      return;
    }
    Shape shape = Shape.SCALAR;
    while (shape.rank() < 3 && random.nextInt(3) > 0) {
      long divisor = 1 + random.nextLong(6);
      while (rest % divisor != 0) {
        divisor--;
      }
      shape = shape.insert(random.nextInt(shape.rank() + 1), divisor);
      rest /= divisor;
    }
    long[] extents = shape.insert(random.nextInt(shape.rank() + 1), rest).extents();
    drawing.add(
        "reshape " + x.name(),
        x.expected().as(Shape.of(extents)),
        0,
        b -> b.of(x).reshape(extents));
  }

  void broadcast() {
    Step x = drawing.any();
    Shape shape = x.expected().shape();
    for (int axis = 0; axis < shape.rank(); axis++) {
      shape = shape.extent(axis) == 1 ? shape.with(axis, random.nextInt(6)) : shape;
    }
    if (shape.rank() < MAX_RANK - 1) {
      shape = shape.insert(0, 1 + random.nextInt(4));
    }
    if (shape.size() > LARGEST) {
      return;
    }
    Shape goal = shape;
    drawing.add(
        "broadcast " + x.name(),
        Dense.at(x.expected().dtype(), goal, x.expected()::stretched),
        0,
        b -> b.of(x).broadcastTo(goal.extents()));
  }

  void concatenate() {
    Step x = drawing.any();
    Shape shape = x.expected().shape();
    if (shape.rank() == 0) {
      return;
    }
    int axis = random.nextInt(shape.rank());
    List<Step> parts = new ArrayList<>(List.of(x));
    for (Step other : List.copyOf(drawing.steps)) {
      Shape theirs = other.expected().shape();
      boolean fits =
          theirs.rank() == shape.rank() && theirs.with(axis, 0).equals(shape.with(axis, 0));
      if (fits && random.nextBoolean() && parts.size() < 4) {
        parts.add(random.nextInt(parts.size() + 1), other);
      }
    }
    if (parts.size() == 1) {
      parts.add(drawing.source(shape.with(axis, random.nextInt(5))));
    }
    Dense expected = Mirror.concatenate(axis, parts.stream().map(Step::expected).toList());
    if (expected.shape().size() > LARGEST) {
      return;
    }
    drawing.add(
        "concatenate along %d %s".formatted(axis, parts.stream().map(Step::name).toList()),
        expected,
        0,
        b -> b.session().concatenate(axis, parts.stream().map(b::of).toArray(NDArray[]::new)));
  }

  void takeOrRechunk() {
    Step x = drawing.any();
    Shape shape = x.expected().shape();
    if (shape.rank() == 0) {
      return;
    }
    int axis = random.nextInt(shape.rank());
    if (random.nextBoolean()) {
      long[] lengths = new long[shape.rank()];
      Arrays.setAll(lengths, a -> 1 + random.nextInt(5));
      drawing.add(
          "rechunk %s %s".formatted(x.name(), Arrays.toString(lengths)),
          x.expected(),
          0,
          b -> b.of(x).rechunk(lengths));
    } else if (shape.extent(axis) > 0) {
      long extent = shape.extent(axis);
      long[] indices = random.longs(random.nextInt(6), -extent, extent).toArray();
      drawing.add(
          "take %s %s along %d".formatted(x.name(), Arrays.toString(indices), axis),
          Mirror.take(x.expected(), indices, axis),
          0,
          b -> b.of(x).take(indices, axis));
    }
  }
}
