package dev.weft.io;

import dev.weft.core.expr.ArraySource;
import java.util.Map;

/** An array of a file that says more about it than its type and shape. */
public interface AttributedSource extends ArraySource {
  /** What the file says about the array, by name, in its order. */
  Map<String, AttributeValue> attributes();
}
