package dev.weft.io.zarr.metadata;

/** Something that Zarr allows and Weft does not read. */
final class Unsupported extends Exception {
  private static final long serialVersionUID = 1L;

  Unsupported(String message) {
    super(message);
  }
}
