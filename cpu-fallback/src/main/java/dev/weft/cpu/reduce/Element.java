package dev.weft.cpu.reduce;

/** The element types that reducers read; others are converted to one of them first. */
public enum Element {
  FLOAT64(8, true),
  FLOAT32(4, true),
  INT64(8, false),
  INT32(4, false);

  private final int bytes;
  private final boolean floating;

  Element(int bytes, boolean floating) {
    this.bytes = bytes;
    this.floating = floating;
  }

  /** Bytes of one element. */
  public int bytes() {
    return bytes;
  }

  /** Whether it is accumulated in float64; otherwise in int64, which wraps around. */
  public boolean floating() {
    return floating;
  }
}
