package dev.weft.cpu.compile;

import dev.weft.cpu.random.Draw;
import dev.weft.cpu.random.TileRandom;
import java.lang.foreign.Arena;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The random numbers of a device, each kind of draw with a form of its own. */
public final class Randoms {
  private static final int COUNT = 1024;

  private final TieringPolicy policy;
  private final Map<Draw, Adaptive<TileRandom>> forms = new EnumMap<>(Draw.class);

  /** Random numbers whose vector form, if there is one, is used as {@code policy} says. */
  public Randoms(@Nullable Supplier<TileRandom> vector, TieringPolicy policy) {
    this.policy = policy;
    TileRandom first = Adaptive.first(() -> TileRandom.scalar(0, 0), vector, policy);
    for (Draw draw : Draw.values()) {
      forms.put(
          draw,
          new Adaptive<>(
              first,
              vector,
              policy.elements(),
              policy,
              (scalar, candidate) -> race(draw, scalar, candidate)));
    }
  }

  /** The numbers of a seed and stream; {@code count} of them are about to be drawn. */
  public TileRandom of(Draw draw, long seed, long stream, long count) {
    Adaptive<TileRandom> form = Objects.requireNonNull(forms.get(draw));
    form.count(count);
    return form.now().with(seed, stream);
  }

  private @Nullable String race(Draw draw, TileRandom scalar, TileRandom vector) {
    try (Arena arena = Arena.ofConfined()) {
      long to = arena.allocate(8L * COUNT, 64).address();
      return new Race(policy.clock(), COUNT, 0)
          .overtaken(n -> draw.write(scalar, 0, n, to), n -> draw.write(vector, 0, n, to));
    }
  }
}
