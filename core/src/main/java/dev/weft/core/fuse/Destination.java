package dev.weft.core.fuse;

import dev.weft.core.shape.Chunks;
import org.jspecify.annotations.Nullable;

/** Where the elements of a result go. */
public sealed interface Destination {
  /** Into one piece of the host's memory, which may be a mapped file. */
  record Memory() implements Destination {}

  /**
   * Nowhere: chunks stay on the devices that make them, where they can. A reshape needs its
   * elements in one piece.
   */
  record Devices() implements Destination {}

  /**
   * Chunk by chunk to a target, each as soon as it is there.
   *
   * @param grid in which chunks, or null for those in which the result is computed
   */
  record Regions(@Nullable Chunks grid) implements Destination {}
}
