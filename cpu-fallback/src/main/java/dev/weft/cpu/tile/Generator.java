package dev.weft.cpu.tile;

/** Writes elements of an array that is computed from element numbers. */
@FunctionalInterface
interface Generator {
  /** Writes the elements {@code first}, {@code first + step}, ... to consecutive places. */
  void write(long first, long step, int count, long to);
}
