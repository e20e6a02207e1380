package dev.weft.cpu.random;

import dev.weft.cpu.memory.Memory;

/** Draws one at a time; works without the Vector API and states what the vector form computes. */
final class ScalarDraws implements DrawKernel {
  @Override
  public void words64(long seed, long stream, long group, int groups, long address) {
    for (int g = 0; g < groups; g++) {
      long counter = (group + g) * Philox.COUNTERS;
      long to = address + (long) g * Philox.GROUP_BYTES;
      for (int j = 0; j < Philox.COUNTERS; j++) {
        Philox.words(seed, stream, counter + j, to + 8L * j);
      }
    }
  }

  @Override
  public void words32(long seed, long stream, long group, int groups, long address) {
    words64(seed, stream, group, groups, address);
    long half = Philox.GROUP_BYTES / 2;
    int[] high = new int[Philox.COUNTERS];
    for (int i = 0; i < 2 * groups; i++) {
      long at = address + i * half;
      for (int j = 0; j < high.length; j++) {
        long word = Memory.getLong(at + 8L * j);
        Memory.putInt(at + 4L * j, (int) word);
        high[j] = (int) (word >>> 32);
      }
      for (int j = 0; j < high.length; j++) {
        Memory.putInt(at + half / 2 + 4L * j, high[j]);
      }
    }
  }

  @Override
  public void uniform64(long address, int groups) {
    long end = address + (long) groups * Philox.GROUP_BYTES;
    for (long at = address; at < end; at += 8) {
      Memory.putDouble(at, ScalarBoxMuller.uniform(Memory.getLong(at)));
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
        double r = ScalarBoxMuller.radius(ScalarBoxMuller.uniform(Memory.getLong(at)));
        double v = ScalarBoxMuller.uniform(Memory.getLong(at + half));
        Memory.putDouble(at, r * ScalarBoxMuller.cosTurns(v));
        Memory.putDouble(at + half, r * ScalarBoxMuller.sinTurns(v));
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
