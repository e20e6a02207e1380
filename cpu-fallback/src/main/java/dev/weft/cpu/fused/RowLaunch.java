package dev.weft.cpu.fused;

import dev.weft.core.device.Arguments;
import dev.weft.core.device.Device;
import dev.weft.cpu.compile.RowCode;
import dev.weft.cpu.run.Launch;
import dev.weft.cpu.run.Scratch;
import dev.weft.cpu.run.Workers;

/**
 * A launch of a row program: all steps for a block of rows, then for the next. A block is what fits
 * the second cache of a core with all that is read, written and kept for it, one row at least.
 */
public final class RowLaunch extends Launch {
  private static final long serialVersionUID = 1L;

  private final transient Workers workers;
  private final transient RowCode code;
  private final transient Arguments arguments;
  private final transient RowBlocks blocks;

  /** A launch of {@code code}, whose iteration space has elements. */
  public RowLaunch(
      Workers workers, RowCode code, Arguments arguments, Device.Completion completion) {
    this(workers, code, arguments, RowBlocks.of(code, arguments), completion);
  }

  private RowLaunch(
      Workers workers,
      RowCode code,
      Arguments arguments,
      RowBlocks blocks,
      Device.Completion completion) {
    super(workers, pieces(arguments, blocks), completion);
    this.workers = workers;
    this.code = code;
    this.arguments = arguments;
    this.blocks = blocks;
  }

  private static int pieces(Arguments arguments, RowBlocks blocks) {
    long size = arguments.size();
    return size <= ONE_PIECE
        ? 1
        : (int) Math.min(blocks.count(), Math.min(1 << 20, (size + PIECE - 1) / PIECE));
  }

  @Override
  protected void piece(int number, Scratch scratch) {
    long from = (long) ((double) blocks.count() / pieces() * number);
    long to =
        number + 1 == pieces()
            ? blocks.count()
            : (long) ((double) blocks.count() / pieces() * (number + 1));
    long kept = scratch.take(blocks.scratchBytes());
    RowSteps steps = null;
    try {
      for (long block = from; block < to; block++) {
        Arguments own = blocks.arguments(arguments, block);
        if (steps != null && steps.fit(own)) {
          steps.moveTo(own);
        } else {
          if (steps != null) {
            steps.close();
          }
          steps = new RowSteps(workers, code, own, kept);
        }
        steps.run(scratch);
      }
    } finally {
      if (steps != null) {
        steps.close();
      }
    }
    java.lang.ref.Reference.reachabilityFence(arguments);
  }
}
