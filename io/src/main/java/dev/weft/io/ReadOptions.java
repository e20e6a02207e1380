package dev.weft.io;

import java.util.OptionalInt;

/**
 * How files are read.
 *
 * @param isDecoded whether packed elements are unpacked by the CF conventions where their file asks
 *     for it; see {@link DecodedSource}
 * @param axis along which several files are joined; none where they are stacked along a new one
 */
public record ReadOptions(boolean isDecoded, OptionalInt axis) {
  /** Elements as they are; several files are stacked along a new first axis. */
  public static final ReadOptions PLAIN = new ReadOptions(false, OptionalInt.empty());

  /** The same, with packed elements unpacked. */
  public ReadOptions decoded() {
    return new ReadOptions(true, axis);
  }

  /**
   * The same, with several files joined along an axis of theirs, in which they may differ.
   *
   * @param along counts from the end when it is negative
   */
  public ReadOptions joined(int along) {
    return new ReadOptions(isDecoded, OptionalInt.of(along));
  }
}
