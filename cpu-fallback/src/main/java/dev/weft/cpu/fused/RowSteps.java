package dev.weft.cpu.fused;

import dev.weft.core.device.Arguments;
import dev.weft.core.device.Operand;
import dev.weft.core.device.RowLaunches;
import dev.weft.core.error.InternalException;
import dev.weft.core.kernel.RowProgram.Step;
import dev.weft.core.kernel.RowProgram.Where;
import dev.weft.cpu.compile.RowCode;
import dev.weft.cpu.run.Scratch;
import dev.weft.cpu.run.Workers;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;

/**
 * The launches of a row program's steps over one block of rows, used again for other blocks of the
 * same extents: only the addresses of operands differ between them.
 */
final class RowSteps implements AutoCloseable {
  private final RowCode code;
  private final long[] extents;
  private final FusedLaunch[] launches;

  /**
   * @param block the arguments of the block
   * @param kept address of the scratch memory
   */
  RowSteps(Workers workers, RowCode code, Arguments block, long kept) {
    this.code = code;
    this.extents = block.extents();
    RowLaunches steps = new RowLaunches(code.program(), block);
    this.launches = new FusedLaunch[steps.count()];
    MemorySegment scratch = MemorySegment.ofAddress(kept);
    for (int i = 0; i < launches.length; i++) {
      Arguments own = steps.arguments(i, scratch, 0);
      // Steps end when they return.
      if (!(FusedLaunch.of(workers, code.parts().get(i), own, ended -> {})
          instanceof FusedLaunch launch)) {
        throw new InternalException("rows without elements have no launches");
      }
      launches[i] = launch;
    }
  }

  boolean fit(Arguments block) {
    return Arrays.equals(extents, block.extents());
  }

  void moveTo(Arguments block) {
    for (int i = 0; i < launches.length; i++) {
      Step step = code.program().steps().get(i);
      long[] bases = launches[i].again();
      for (int p = 0; p < step.from().size(); p++) {
        move(step.from().get(p), block, bases, p);
      }
      for (int s = 0; s < step.to().size(); s++) {
        move(step.to().get(s), block, bases, step.from().size() + s);
      }
    }
  }

  private static void move(Where where, Arguments block, long[] bases, int operand) {
    switch (where) {
      case Where.Input(int number) -> bases[operand] = base(block.inputs(), number);
      case Where.Output(int number) -> bases[operand] = base(block.outputs(), number);
      case Where.Scratch scratch -> {}
    }
  }

  private static long base(List<Operand> operands, int number) {
    Operand operand = operands.get(number);
    MemorySegment memory = operand.memory();
    return memory == null ? operand.base() : memory.address() + operand.base();
  }

  void run(Scratch scratch) {
    for (FusedLaunch launch : launches) {
      launch.runWithin(scratch);
    }
  }

  @Override
  public void close() {
    for (FusedLaunch launch : launches) {
      launch.endWithin();
    }
  }
}
