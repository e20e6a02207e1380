package dev.weft.io.netcdf;

import dev.weft.core.dtype.DType;
import dev.weft.io.AttributeNumber;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * An attribute of a variable as it stands in a file.
 *
 * @param count of values
 * @param bytes of them, big-endian
 */
record NewAttribute(String name, ClassicType type, int count, byte[] bytes) {
  /** The attributes of a variable, in the order of their names. */
  static List<NewAttribute> of(NewVariable variable) {
    List<NewAttribute> attributes = new ArrayList<>();
    variable
        .options()
        .attributes()
        .forEach((name, value) -> attributes.add(of(variable, name, value)));
    return attributes;
  }

  private static NewAttribute of(NewVariable variable, String given, Object value) {
    String name = NewVariable.requireName(variable.place(), "attribute", given);
    if (value instanceof String text && !AttributeNumber.isOfElements(name)) {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      return new NewAttribute(name, ClassicType.CHAR, utf8.length, utf8);
    }
    List<?> values = value instanceof List<?> list ? list : List.of(value);
    ClassicType type = AttributeNumber.isOfElements(name) ? variable.type() : typeOf(values);
    DType dtype = type.dtype().orElseThrow();
    ByteBuffer bytes = ByteBuffer.allocate(values.size() * type.size());
    for (Object each : values) {
      Number number =
          AttributeNumber.of(dtype, each)
              .orElseThrow(
                  () ->
                      variable.refused(
                          "attribute %s is %s, of which %s is no %s. Give numbers of that type, or one text"
                              .formatted(name, value, each, dtype)));
      put(number, bytes);
    }
    return new NewAttribute(name, type, values.size(), bytes.array());
  }

  /** Integers are of the type that all versions have where it holds them. */
  private static ClassicType typeOf(List<?> values) {
    return switch (AttributeNumber.type(values)) {
      case INT8 -> ClassicType.BYTE;
      case FLOAT64 -> ClassicType.DOUBLE;
      default ->
          values.stream().allMatch(each -> AttributeNumber.of(DType.INT32, each).isPresent())
              ? ClassicType.INT
              : ClassicType.INT64;
    };
  }

  private static void put(Number number, ByteBuffer to) {
    switch (number) {
      case Byte value -> to.put(value);
      case Short value -> to.putShort(value);
      case Integer value -> to.putInt(value);
      case Float value -> to.putFloat(value);
      case Double value -> to.putDouble(value);
      default -> to.putLong(number.longValue());
    }
  }
}
