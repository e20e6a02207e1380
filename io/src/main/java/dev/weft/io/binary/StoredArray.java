package dev.weft.io.binary;

import dev.weft.core.shape.Shape;
import dev.weft.io.AttributeValue;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a file says about an array in it.
 *
 * @param name its name in the file, empty where it has none
 * @param attributes what else the file says about it, in its order
 */
public record StoredArray(
    String name, StoredType type, Shape shape, Map<String, AttributeValue> attributes) {
  /** Copies the attributes. */
  public StoredArray {
    attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
  }

  /** The array in its file, for people. */
  public String description(OpenFile file) {
    return name.isEmpty() ? file.name() : file.name() + "#" + name;
  }
}
