package dev.weft.table.group;

/** The finalizer of SplitMix64 (Steele, Lea, Flood 2014): of any longs bits that look random. */
public final class SplitMix64 {
  private SplitMix64() {}

  /** The mixed bits of a number, others for each. */
  public static long mix(long value) {
    long z = (value ^ value >>> 30) * 0xBF58476D1CE4E5B9L;
    z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
    return z ^ z >>> 31;
  }
}
