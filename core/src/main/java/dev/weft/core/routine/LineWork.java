package dev.weft.core.routine;

import dev.weft.core.expr.Block;
import java.lang.foreign.MemorySegment;

/** Goes over the lines of an input and an output, whose lines may differ in length and type. */
final class LineWork {
  private LineWork() {}

  /** Work on one line. */
  @FunctionalInterface
  interface OnLine {
    /**
     * @param from the byte offset of the first element of the input's line
     * @param fromStep bytes between neighbours
     * @param to the same of the output's line
     */
    void run(MemorySegment in, long from, long fromStep, MemorySegment out, long to, long toStep);
  }

  static void each(Block input, Block output, int axis, OnLine work) {
    Lines in = Lines.of(input, axis);
    Lines out = Lines.of(output, axis);
    if (!Strip.isNeeded(in)) {
      for (long line = 0; line < in.count(); line++) {
        work.run(
            input.memory(),
            in.offset(line),
            in.step(),
            output.memory(),
            out.offset(line),
            out.step());
      }
      return;
    }
    Strip read = new Strip(in);
    Strip written = new Strip(out);
    for (long line = 0; line < in.count(); line += read.width(line)) {
      read.load(input.memory(), line);
      for (int i = 0; i < read.width(line); i++) {
        work.run(
            read.memory(),
            read.offset(i),
            in.itemSize(),
            written.memory(),
            written.offset(i),
            out.itemSize());
      }
      written.store(output.memory(), line);
    }
  }
}
