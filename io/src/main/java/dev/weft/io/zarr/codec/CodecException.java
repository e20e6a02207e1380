package dev.weft.io.zarr.codec;

/** Bytes that are not what a codec makes: damaged, cut off, or of another size than expected. */
public final class CodecException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * Something is wrong with the bytes.
   *
   * @param message which codec met what, with the sizes that were expected and found
   */
  public CodecException(String message) {
    super(message);
  }

  /** The bytes hold another number of elements than the chunk. */
  static CodecException size(String codec, long expected, String found) {
    return new CodecException(
        "%s: %,d bytes are expected, but %s".formatted(codec, expected, found));
  }
}
