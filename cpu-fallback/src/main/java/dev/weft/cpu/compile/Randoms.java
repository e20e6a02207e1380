package dev.weft.cpu.compile;

import dev.weft.cpu.random.TileRandom;
import java.lang.foreign.Arena;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The random numbers of a device: the scalar form until the vector form, warmed aside, is faster.
 * Both give the same bits, so that a launch may use one and then the other.
 */
public final class Randoms {
  private static final int COUNT = 1024;

  private final @Nullable Supplier<TileRandom> vector;
  private final Policy policy;
  // Counts elements.
  private final Patience patience;
  private volatile TileRandom form = TileRandom.scalar(0, 0);

  /** Random numbers whose vector form, if there is one, is used as {@code policy} says. */
  public Randoms(@Nullable Supplier<TileRandom> vector, Policy policy) {
    this.vector = vector;
    this.policy = policy;
    this.patience = new Patience(policy.elements());
    if (vector != null && policy.start() == Policy.Start.VECTOR) {
      form = vector.get();
    }
    if (vector == null || policy.start() != Policy.Start.ADAPTIVE) {
      patience.end();
    }
  }

  /** The numbers of a seed and stream; {@code count} of them are about to be made. */
  public TileRandom of(long seed, long stream, long count) {
    if (patience.isDue(count)) {
      policy.background().execute(this::warm);
    }
    return form.with(seed, stream);
  }

  private void warm() {
    if (vector == null) {
      return;
    }
    TileRandom slow = form;
    TileRandom fast = vector.get();
    try (Arena arena = Arena.ofConfined()) {
      long to = arena.allocate(8L * COUNT, 64).address();
      if (new Race(policy.clock()).overtaken(() -> draw(slow, to), () -> draw(fast, to)) == null) {
        form = fast;
      } else {
        patience.lost();
      }
    }
  }

  private static void draw(TileRandom numbers, long to) {
    numbers.uniformFloat64(0, COUNT, to);
    numbers.normalFloat64(0, COUNT, to);
    numbers.uniformFloat32(0, COUNT, to);
  }
}
