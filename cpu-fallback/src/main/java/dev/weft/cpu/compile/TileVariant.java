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
  private final AtomicLong elements = new AtomicLong();
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
      elements.set(DECIDED);
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

  /** Counts elements about to be computed; may start the preparation of the vector loop. */
  public void count(long added) {
    long before = elements.get();
    if (before < 0) {
      return;
    }
    long total = elements.addAndGet(added);
    if (total > policy.threshold() && elements.compareAndSet(total, DECIDED)) {
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
