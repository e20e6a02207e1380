package dev.weft.testkit.conformance;

/** How a sequence of elements lies in memory. */
public enum ElementLayout {
  /** One behind the other, at an aligned address. */
  CONTIGUOUS(1, 0, false),
  /** One behind the other, three elements off the alignment. */
  OFFSET(1, 3, false),
  /** Every second element of a longer sequence. */
  STRIDED(2, 1, false),
  /** From the last element to the first. */
  REVERSED(-1, 0, false),
  /** The last operand has one element for all. */
  BROADCAST(1, 0, true);

  private final int step;
  private final int offset;
  private final boolean broadcast;

  ElementLayout(int step, int offset, boolean broadcast) {
    this.step = step;
    this.offset = offset;
    this.broadcast = broadcast;
  }

  /** Whether the last operand is a single element. */
  public boolean broadcast() {
    return broadcast;
  }

  /** Elements of memory that {@code count} elements need. */
  public long reserved(int count) {
    return offset + (long) count * Math.abs(step);
  }

  /** Byte offset of element 0 from the start of the memory. */
  public long base(int count, int itemSize) {
    return (offset + (step < 0 ? Math.max(0, count - 1L) : 0)) * itemSize;
  }

  /** Bytes from one element to the next. */
  public long stride(int itemSize) {
    return (long) step * itemSize;
  }
}
