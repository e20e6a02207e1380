package dev.weft.io.zarr.codec;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Tells chunks of zeros, which are left out of stores. */
public final class ZeroBytes {
  private ZeroBytes() {}

  /** Whether all bytes are 0: each is like the one before, and the first one is. */
  public static boolean are(MemorySegment bytes) {
    long last = bytes.byteSize() - 1;
    return bytes.get(ValueLayout.JAVA_BYTE, 0) == 0
        && bytes.asSlice(0, last).mismatch(bytes.asSlice(1, last)) < 0;
  }
}
