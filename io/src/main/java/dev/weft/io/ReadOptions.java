package dev.weft.io;

import dev.weft.io.raw.RawLayout;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How files are read.
 *
 * @param isDecoded whether packed elements are unpacked by the CF conventions where their file asks
 *     for it; see {@link DecodedSource}
 * @param axis along which several files are joined; none where they are stacked along a new one
 * @param layout what files without a header hold; none where files say it themselves
 */
public record ReadOptions(boolean isDecoded, OptionalInt axis, Optional<RawLayout> layout) {
  /** Elements as they are; several files are stacked along a new first axis. */
  public static final ReadOptions PLAIN =
      new ReadOptions(false, OptionalInt.empty(), Optional.empty());

  /** The same, with packed elements unpacked. */
  public ReadOptions decoded() {
    return new ReadOptions(true, axis, layout);
  }

  /**
   * The same, with several files joined along an axis of theirs, in which they may differ.
   *
   * @param along counts from the end when it is negative
   */
  public ReadOptions joined(int along) {
    return new ReadOptions(isDecoded, OptionalInt.of(along), layout);
  }

  /** The same of files without a header, whatever their names and first bytes. */
  public ReadOptions raw(RawLayout what) {
    return new ReadOptions(isDecoded, axis, Optional.of(what));
  }
}
