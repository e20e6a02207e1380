package dev.weft.io;

import dev.weft.core.dtype.DType;
import java.util.List;
import java.util.stream.Collectors;

/** What a file says about an array under one name: a text, or numbers. */
public sealed interface AttributeValue {
  /** Characters. */
  record Text(String text) implements AttributeValue {
    @Override
    public String toString() {
      return text;
    }
  }

  /**
   * Numbers of one type.
   *
   * @param values a {@link Long} each of integers, whose bits they are for uint64; a {@link Double}
   *     each of floating point
   */
  record Numbers(DType dtype, List<Number> values) implements AttributeValue {
    /** Copies the list. */
    public Numbers {
      values = List.copyOf(values);
    }

    @Override
    public String toString() {
      return values.stream().map(this::text).collect(Collectors.joining(", "));
    }

    private String text(Number value) {
      return switch (dtype) {
        case FLOAT32 -> Float.toString(value.floatValue());
        case UINT64 -> Long.toUnsignedString(value.longValue());
        default -> value.toString();
      };
    }
  }
}
