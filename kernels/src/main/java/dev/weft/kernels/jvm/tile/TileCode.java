package dev.weft.kernels.jvm.tile;

/** The compiled body of a kernel over consecutive elements of a tile. Thread-safe. */
@FunctionalInterface
public interface TileCode {
  /**
   * Computes {@code n} elements.
   *
   * @param args the address of each operand (of its only element for a uniform one), the bits of
   *     each scalar, the address of each output
   * @param n number of elements, 0 or more
   */
  void run(long[] args, int n);
}
