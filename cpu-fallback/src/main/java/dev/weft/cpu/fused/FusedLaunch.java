package dev.weft.cpu.fused;

import dev.weft.core.device.Arguments;
import dev.weft.core.device.Device;
import dev.weft.cpu.compile.FusedCode;
import dev.weft.cpu.compile.TileCompiler;
import dev.weft.cpu.compile.TileVariant;
import dev.weft.cpu.run.Launch;
import dev.weft.cpu.run.Scratch;
import dev.weft.cpu.run.Workers;
import dev.weft.cpu.tile.Frame;
import dev.weft.cpu.tile.LoopNest;
import dev.weft.cpu.tile.Tiles;
import org.jspecify.annotations.Nullable;

/** A launch of a fused kernel; {@link #of} chooses how its iteration space is walked. */
public abstract class FusedLaunch extends Launch {
  private static final long serialVersionUID = 1L;

  final transient Frame frame;
  final transient Tiles.Access[] access;
  // Keeps the memory of the operands reachable until the launch has ended.
  private final transient Arguments arguments;
  private final transient @Nullable TileVariant variant;
  private final long units;

  /**
   * @param units equal parts of the work that pieces are made of
   */
  FusedLaunch(
      Workers workers,
      FusedCode code,
      Frame frame,
      Tiles.Access[] access,
      long units,
      Device.Completion completion) {
    super(workers, pieces(frame, units), completion);
    this.frame = frame;
    this.access = access;
    this.arguments = frame.arguments();
    this.units = units;
    if (code.tiles().stores() == null) {
      this.variant = null;
    } else {
      this.variant = code.variant(uniformMask(frame, access));
    }
  }

  private static int pieces(Frame frame, long units) {
    long size = frame.nest().size();
    if (size <= ONE_PIECE) {
      return 1;
    }
    return (int) Math.min(units, Math.min(1 << 20, (size + PIECE - 1) / PIECE));
  }

  private static long uniformMask(Frame frame, Tiles.Access[] access) {
    long mask = 0;
    for (int p = 0; p < Math.min(frame.inputs(), Long.SIZE); p++) {
      if (access[p] == Tiles.Access.UNIFORM) {
        mask |= 1L << p;
      }
    }
    return mask;
  }

  /**
   * The launch of {@code code} with {@code arguments}.
   *
   * @return null when there is nothing to compute, so that the launch has ended already
   */
  public static @Nullable Launch of(
      Workers workers, FusedCode code, Arguments arguments, Device.Completion completion) {
    LoopNest nest = LoopNest.of(arguments);
    if (code.reduces()) {
      return ReduceLaunch.of(workers, code, arguments, nest, completion);
    }
    if (nest.size() == 0) {
      return null;
    }
    return MapLaunch.of(workers, code, arguments, nest, completion);
  }

  @Override
  protected final void piece(int number, Scratch scratch) {
    long from = (long) ((double) units / pieces() * number);
    long to = number + 1 == pieces() ? units : (long) ((double) units / pieces() * (number + 1));
    if (variant == null) {
      run(from, to, null, scratch);
    } else {
      long begin = variant.begin();
      run(from, to, variant.tile(), scratch);
      variant.ran(begin);
    }
    java.lang.ref.Reference.reachabilityFence(arguments);
  }

  /**
   * Begins it once more, as a part of another launch.
   *
   * @return where its operands begin, inputs before outputs, to be changed
   */
  final long[] again() {
    counts();
    return frame.nest().bases();
  }

  /** Tells that elements are about to be computed, beyond those for which it was made. */
  void counts() {}

  /** Computes some of the units of work. */
  abstract void run(long from, long to, TileCompiler.@Nullable Tile tile, Scratch scratch);
}
