package dev.weft.cpu.compile;

import dev.weft.core.kernel.FusedKernel;
import org.jspecify.annotations.Nullable;

/**
 * The loops of one kernel for one set of uniform operands. {@link #tile} answers the one to use
 * now; it may change once, from the scalar to the vector loop, between any two calls.
 */
public final class TileVariant {
  private final FusedKernel kernel;
  private final long uniformMask;
  private final TileCompiler compiler;
  private final TieringPolicy policy;
  // Counts nanoseconds in the scalar loop.
  private final Patience patience;
  private volatile TileCompiler.Tile tile;
  private volatile String state;
  private volatile boolean settled;
  // Kept from race to race: the JVM goes on compiling it when one is over.
  private TileCompiler.@Nullable Tile vector;

  TileVariant(FusedKernel kernel, long uniformMask, TileCompiler compiler, TieringPolicy policy) {
    this.kernel = kernel;
    this.uniformMask = uniformMask;
    this.compiler = compiler;
    this.policy = policy;
    this.patience = new Patience(policy.patience());
    String refusal =
        policy.start() == TieringPolicy.Start.SCALAR
            ? "the vector loop is turned off"
            : compiler.refusal(kernel);
    if (refusal == null && policy.start() == TieringPolicy.Start.VECTOR) {
      tile = compiler.vector(kernel, uniformMask);
      state = "vector loop from the start";
    } else {
      tile = cold(compiler.scalar(kernel, uniformMask));
      state = refusal == null ? "scalar loop, still cold" : "scalar loop: " + refusal;
    }
    if (refusal != null || policy.start() == TieringPolicy.Start.VECTOR) {
      patience.end();
      settled = true;
    }
  }

  private TileCompiler.Tile cold(TileCompiler.Tile made) {
    return new TileCompiler.Tile(new ColdTile(made.code(), kernel, uniformMask), made.outline());
  }

  /** The operands that are one element for the whole tile. */
  public long uniformMask() {
    return uniformMask;
  }

  /** The loop to use now. */
  public TileCompiler.Tile tile() {
    return tile;
  }

  /** Whether the loop to use will not change any more. */
  boolean isSettled() {
    return settled;
  }

  /** The time to hand to {@link #ran}, when that is still of interest. */
  public long begin() {
    return patience.counts() ? policy.clock().getAsLong() : 0;
  }

  /** Hears that a piece of work began at {@code begin}; may start preparing the vector loop. */
  public void ran(long begin) {
    if (patience.counts() && patience.isDue(policy.clock().getAsLong() - begin)) {
      state = "scalar loop, the vector loop is warming";
      policy.background().execute(this::warm);
    }
  }

  /** Runs on one thread at a time: the next race is not due before this one is over. */
  private void warm() {
    try {
      TileCompiler.Tile candidate = vector;
      if (candidate == null) {
        candidate = compiler.vector(kernel, uniformMask);
        vector = candidate;
      }
      @Nullable String refusal =
          new VectorWarmer(kernel, uniformMask, policy.clock()).compare(tile, candidate);
      if (refusal == null) {
        tile = candidate;
        state = "vector loop";
        settled = true;
      } else {
        state = "scalar loop: " + refusal;
        settled = !patience.lost();
      }
    } catch (RuntimeException | LinkageError failure) {
      // The scalar loop goes on as before; the reason shows in the kernel's source.
      state = "scalar loop: the vector loop failed: " + failure;
      settled = true;
    }
  }

  @Override
  public String toString() {
    return "// uniform operands %s: %s%n%s"
        .formatted(Long.toBinaryString(uniformMask), state, tile.outline());
  }
}
