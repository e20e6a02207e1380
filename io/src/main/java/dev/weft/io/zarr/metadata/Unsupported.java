package dev.weft.io.zarr.metadata;

/** Something that Zarr allows and Weft does not read. */
final class Unsupported extends Exception {
  private static final long serialVersionUID = 1L;

  private final String reason;

  Unsupported(String reason) {
    super(reason);
    this.reason = reason;
  }

  /** What it is, and what to do. */
  String reason() {
    return reason;
  }
}
