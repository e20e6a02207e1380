package dev.weft.cpu.compile;

import dev.weft.cpu.random.Draw;
import dev.weft.cpu.random.TileRandom;
import java.lang.foreign.Arena;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The random numbers of a device: of each kind the scalar form until the vector form, warmed aside,
 * is faster. Both give the same bits, so that a launch may use one and then the other.
 */
public final class Randoms {
  private static final int COUNT = 1024;

  private final @Nullable Supplier<TileRandom> vector;
  private final Policy policy;
  private final Map<Draw, Form> forms = new EnumMap<>(Draw.class);

  /** What is used now for one kind of draw, and when that is to be thought over. */
  private static final class Form {
    // Counts elements.
    final Patience patience;
    volatile TileRandom numbers;

    Form(Patience patience, TileRandom numbers) {
      this.patience = patience;
      this.numbers = numbers;
    }
  }

  /** Random numbers whose vector form, if there is one, is used as {@code policy} says. */
  public Randoms(@Nullable Supplier<TileRandom> vector, Policy policy) {
    this.vector = vector;
    this.policy = policy;
    TileRandom first =
        vector != null && policy.start() == Policy.Start.VECTOR
            ? vector.get()
            : TileRandom.scalar(0, 0);
    for (Draw draw : Draw.values()) {
      Form form = new Form(new Patience(policy.elements()), first);
      if (vector == null || policy.start() != Policy.Start.ADAPTIVE) {
        form.patience.end();
      }
      forms.put(draw, form);
    }
  }

  /** The numbers of a seed and stream; {@code count} of them are about to be drawn. */
  public TileRandom of(Draw draw, long seed, long stream, long count) {
    Form form = Objects.requireNonNull(forms.get(draw));
    if (form.patience.isDue(count)) {
      policy.background().execute(() -> warm(draw, form));
    }
    return form.numbers.with(seed, stream);
  }

  private void warm(Draw draw, Form form) {
    if (vector == null) {
      return;
    }
    TileRandom slow = form.numbers;
    TileRandom fast = vector.get();
    try (Arena arena = Arena.ofConfined()) {
      long to = arena.allocate(8L * COUNT, 64).address();
      IntConsumer scalar = n -> draw.write(slow, 0, n, to);
      IntConsumer candidate = n -> draw.write(fast, 0, n, to);
      if (new Race(policy.clock(), COUNT, 0).overtaken(scalar, candidate) == null) {
        form.numbers = fast;
      } else {
        form.patience.lost();
      }
    }
  }
}
