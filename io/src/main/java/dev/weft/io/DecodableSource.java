package dev.weft.io;

import dev.weft.core.expr.ArraySource;

/** An array of a file that knows itself what its elements mean when they are decoded. */
public interface DecodableSource extends ArraySource {
  /** The decoded elements; closing either closes the file. */
  ArraySource decoded();
}
