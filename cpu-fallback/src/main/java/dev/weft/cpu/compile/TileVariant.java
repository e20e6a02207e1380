package dev.weft.cpu.compile;

import dev.weft.core.kernel.FusedKernel;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The loops of one kernel for one set of uniform operands. {@link #tile} answers the one to use
 * now; it may change once, from the scalar to the vector loop, between any two calls.
 */
public final class TileVariant {
  private static final long DECIDED = Long.MIN_VALUE / 2;

  private final FusedKernel kernel;
  private final long uniformMask;
  private final TileCompiler compiler;
  private final Policy policy;
  // Nanoseconds in the scalar loop, or DECIDED.
  private final AtomicLong spent = new AtomicLong();
  private volatile TileCompiler.Tile tile;
  private volatile String state;

  TileVariant(FusedKernel kernel, long uniformMask, TileCompiler compiler, Policy policy) {
    this.kernel = kernel;
    this.uniformMask = uniformMask;
    this.compiler = compiler;
    this.policy = policy;
    String refusal =
        policy.start() == Policy.Start.SCALAR
            ? "the vector loop is turned off"
            : compiler.refusal(kernel);
    if (refusal == null && policy.start() == Policy.Start.VECTOR) {
      tile = compiler.vector(kernel, uniformMask);
      state = "vector loop from the start";
    } else {
      tile = compiler.scalar(kernel, uniformMask);
      state = refusal == null ? "scalar loop, still cold" : "scalar loop: " + refusal;
    }
    if (refusal != null || policy.start() == Policy.Start.VECTOR) {
      spent.set(DECIDED);
    }
  }

  /** The operands that are one element for the whole tile. */
  public long uniformMask() {
    return uniformMask;
  }

  /** The loop to use now. */
  public TileCompiler.Tile tile() {
    return tile;
  }

  /** The time to hand to {@link #ran}, when that is still of interest. */
  public long begin() {
    return spent.get() < 0 ? 0 : policy.clock().getAsLong();
  }

  /** Hears that a piece of work began at {@code begin}; may start preparing the vector loop. */
  public void ran(long begin) {
    if (spent.get() < 0) {
      return;
    }
    long total = spent.addAndGet(policy.clock().getAsLong() - begin);
    if (total > policy.patience() && spent.compareAndSet(total, DECIDED)) {
      state = "scalar loop, the vector loop is warming";
      policy.background().execute(this::warm);
    }
  }

  private void warm() {
    try {
      TileCompiler.Tile vector = compiler.vector(kernel, uniformMask);
      @Nullable String refusal =
          new VectorWarmer(kernel, uniformMask, policy.clock()).compare(tile, vector);
      if (refusal == null) {
        tile = vector;
        state = "vector loop";
      } else {
        state = "scalar loop: " + refusal;
      }
    } catch (RuntimeException | LinkageError failure) {
      // The scalar loop goes on as before; the reason shows in the kernel's source.
      state = "scalar loop: the vector loop failed: " + failure;
    }
  }

  @Override
  public String toString() {
    return "// uniform operands %s: %s%n%s"
        .formatted(Long.toBinaryString(uniformMask), state, tile.outline());
  }
}
