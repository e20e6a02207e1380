package dev.weft.cpu.routine;

import dev.weft.core.device.Arguments;
import dev.weft.core.device.Operand;
import dev.weft.core.dtype.DType;
import dev.weft.cpu.memory.Memory;
import dev.weft.cpu.run.Scratch;
import org.jspecify.annotations.Nullable;

/**
 * Running sums and products along axis 1 of (o, r, j), strictly from left to right: floating types
 * in float64, the others in int64. A unit is a strip of neighbouring lines.
 *
 * <p>Where lines lie side by side, all lines of a strip go on together, row by row.
 */
final class ScanRoutine implements RoutineLaunch.Routine {
  private static final int STRIP = 512;

  private final DType dtype;
  private final boolean product;
  private final long[] extents;
  private final long in;
  private final long[] inSteps;
  private final long out;
  private final long[] outSteps;
  private final @Nullable Operand carry;
  private final long strips;

  ScanRoutine(DType dtype, boolean product, Arguments arguments) {
    this.dtype = dtype;
    this.product = product;
    this.extents = arguments.extents();
    this.in = RoutineLaunch.address(arguments.inputs().get(0));
    this.inSteps = arguments.inputs().get(0).strides();
    this.out = RoutineLaunch.address(arguments.outputs().get(0));
    this.outSteps = arguments.outputs().get(0).strides();
    this.carry = arguments.scalars()[0] != 0 ? arguments.inputs().get(1) : null;
    this.strips = (extents[2] + STRIP - 1) / STRIP;
  }

  @Override
  public long units() {
    return extents[1] == 0 ? 0 : extents[0] * strips;
  }

  @Override
  public void run(long from, long to, Scratch scratch) {
    long totals = scratch.take(8L * STRIP);
    long values = scratch.take(8L * STRIP);
    for (long unit = from; unit < to; unit++) {
      long o = unit / strips;
      long j = unit % strips * STRIP;
      int lines = (int) Math.min(STRIP, extents[2] - j);
      start(o, j, lines, totals);
      long source = in + o * inSteps[0] + j * inSteps[2];
      long target = out + o * outSteps[0] + j * outSteps[2];
      if (lines < 8) {
        for (int line = 0; line < lines; line++) {
          along(
              source + line * inSteps[2], target + line * outSteps[2], totals + 8L * line, values);
        }
      } else {
        for (long r = 0; r < extents[1]; r++) {
          WideValues.load(dtype, source + r * inSteps[1], inSteps[2], values, lines);
          advance(totals, values, lines);
          WideValues.store(dtype, totals, target + r * outSteps[1], outSteps[2], lines);
        }
      }
    }
  }

  private void start(long o, long j, int lines, long totals) {
    if (carry != null) {
      long[] steps = carry.strides();
      long at = RoutineLaunch.address(carry) + o * steps[0] + j * steps[2];
      WideValues.load(dtype, at, steps[2], totals, lines);
      return;
    }
    // -0.0 added to anything gives just that, and 0.0 would lose the sign of a first -0.0.
    double neutral = product ? 1 : -0.0;
    long word = dtype.isFloating() ? Double.doubleToRawLongBits(neutral) : (long) neutral;
    for (int line = 0; line < lines; line++) {
      Memory.putLong(totals + 8L * line, word);
    }
  }

  /** One line, a strip of its elements at a time. */
  private void along(long source, long target, long total, long values) {
    for (long r = 0; r < extents[1]; r += STRIP) {
      int n = (int) Math.min(STRIP, extents[1] - r);
      WideValues.load(dtype, source + r * inSteps[1], inSteps[1], values, n);
      if (dtype.isFloating()) {
        Memory.putDouble(total, running(Memory.getDouble(total), values, n));
      } else {
        Memory.putLong(total, running(Memory.getLong(total), values, n));
      }
      WideValues.store(dtype, values, target + r * outSteps[1], outSteps[1], n);
    }
  }

  private double running(double total, long values, int n) {
    double now = total;
    for (int i = 0; i < n; i++) {
      double value = Memory.getDouble(values + 8L * i);
      now = product ? now * value : now + value;
      Memory.putDouble(values + 8L * i, now);
    }
    return now;
  }

  private long running(long total, long values, int n) {
    long now = total;
    for (int i = 0; i < n; i++) {
      long value = Memory.getLong(values + 8L * i);
      now = product ? now * value : now + value;
      Memory.putLong(values + 8L * i, now);
    }
    return now;
  }

  private void advance(long totals, long values, int n) {
    if (dtype.isFloating()) {
      for (int i = 0; i < n; i++) {
        double total = Memory.getDouble(totals + 8L * i);
        double value = Memory.getDouble(values + 8L * i);
        Memory.putDouble(totals + 8L * i, product ? total * value : total + value);
      }
    } else {
      for (int i = 0; i < n; i++) {
        long total = Memory.getLong(totals + 8L * i);
        long value = Memory.getLong(values + 8L * i);
        Memory.putLong(totals + 8L * i, product ? total * value : total + value);
      }
    }
  }
}
