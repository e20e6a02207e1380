package dev.weft.cpu.random;

import dev.weft.cpu.memory.Memory;

/** Draws one at a time; works without the Vector API and states what the vector form computes. */
final class ScalarDraws implements DrawKernel {
  @Override
  public void words64(long seed, long stream, long group, int groups, long address) {
    long end = (group + groups) * Philox.COUNTERS;
    long to = address;
    for (long counter = group * Philox.COUNTERS; counter < end; to += Philox.GROUP_BYTES / 2) {
      for (int j = 0; j < Philox.COUNTERS; j++, counter++, to += 8) {
        Memory.putLong(to, Philox.words(seed, stream, counter, 0));
        Memory.putLong(to + 8L * Philox.COUNTERS, Philox.words(seed, stream, counter, 1));
      }
    }
  }

  @Override
  public void words32(long seed, long stream, long group, int groups, long address) {
    long plane = 4L * Philox.COUNTERS;
    for (int g = 0; g < groups; g++) {
      long to = address + (long) g * Philox.GROUP_BYTES;
      for (int j = 0; j < Philox.COUNTERS; j++, to += 4) {
        long counter = (group + g) * Philox.COUNTERS + j;
        long low = Philox.words(seed, stream, counter, 0);
        long high = Philox.words(seed, stream, counter, 1);
        Memory.putInt(to, (int) low);
        Memory.putInt(to + plane, (int) (low >>> 32));
        Memory.putInt(to + 2 * plane, (int) high);
        Memory.putInt(to + 3 * plane, (int) (high >>> 32));
      }
    }
  }

  @Override
  public void uniform64(long address, int groups) {
    long end = address + (long) groups * Philox.GROUP_BYTES;
    for (long at = address; at < end; at += 8) {
      Memory.putDouble(at, BoxMuller.uniform(Memory.getLong(at)));
    }
  }

  @Override
  public void uniform32(long address, int groups) {
    long end = address + (long) groups * Philox.GROUP_BYTES;
    for (long at = address; at < end; at += 4) {
      Memory.putFloat(at, (Memory.getInt(at) >>> 8) * 0x1p-24f);
    }
  }

  @Override
  public void normal64(long address, int groups) {
    long half = Philox.GROUP_BYTES / 2;
    for (int g = 0; g < groups; g++) {
      long at = address + (long) g * Philox.GROUP_BYTES;
      for (int j = 0; j < Philox.COUNTERS; j++, at += 8) {
        double r = BoxMuller.radius(BoxMuller.uniform(Memory.getLong(at)));
        double v = BoxMuller.uniform(Memory.getLong(at + half));
        Memory.putDouble(at, r * BoxMuller.cosTurns(v));
        Memory.putDouble(at + half, r * BoxMuller.sinTurns(v));
      }
    }
  }

  @Override
  public void narrow(long from, long to, int groups) {
    for (int i = 0; i < groups * Philox.GROUP64; i++) {
      Memory.putFloat(to + 4L * i, (float) Memory.getDouble(from + 8L * i));
    }
  }

  @Override
  public void bounded(long address, int groups, long low, long range) {
    long end = address + (long) groups * Philox.GROUP_BYTES;
    for (long at = address; at < end; at += 8) {
      Memory.putLong(at, low + Math.unsignedMultiplyHigh(Memory.getLong(at), range));
    }
  }
}
