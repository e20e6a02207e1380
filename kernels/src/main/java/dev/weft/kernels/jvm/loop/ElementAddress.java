package dev.weft.kernels.jvm.loop;

/** Where in memory the current element of an operand or output is, as code that pushes it. */
public interface ElementAddress {
  /** Pushes a memory segment. */
  void segment();

  /** Pushes the byte offset in that segment. */
  void offset();
}
