package dev.weft.io.hdf5;

import dev.weft.core.dtype.DType;
import dev.weft.core.error.UsageException;
import dev.weft.io.ArrayName;
import dev.weft.io.AttributeNumber;
import io.jhdf.api.WritableAttributeImpl;
import io.jhdf.object.message.AttributeMessage;
import io.jhdf.object.message.Message;
import java.lang.reflect.Array;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What is said of a dataset that is written, as messages of its header. */
final class NewAttributes {
  /** Most bytes of a message, less than what its head takes. */
  private static final int MOST = (64 << 10) - 512;

  private static final int LONGEST_NAME = 255;

  private NewAttributes() {}

  /**
   * The messages of attributes.
   *
   * @param dtype of the elements, which is that of what is compared with them
   * @throws UsageException when HDF5 has no such attributes
   */
  static List<Message> messages(ArrayName place, DType dtype, Map<String, Object> attributes) {
    List<Message> messages = new ArrayList<>();
    attributes.forEach(
        (name, value) -> {
          int length = name.getBytes(StandardCharsets.UTF_8).length;
          if (length == 0 || length > LONGEST_NAME || name.indexOf('\0') >= 0) {
            throw refused(place, name, "has a name of %d bytes; give 1 to 255".formatted(length));
          }
          boolean isUnsigned =
              AttributeNumber.isOfElements(name) && dtype.kind() == DType.Kind.UNSIGNED;
          Object data = data(place, name, value, dtype);
          AttributeMessage message =
              AttributeMessage.create(name, attribute(name, data, isUnsigned));
          if (message.toBuffer().remaining() > MOST) {
            throw refused(place, name, "is longer than the %,d bytes of HDF5".formatted(MOST));
          }
          messages.add(message);
        });
    return messages;
  }

  /** Belongs to no node of jHDF's, which its constructor does not ask for. */
  @SuppressWarnings("NullAway")
  private static WritableAttributeImpl attribute(String name, Object data, boolean isUnsigned) {
    return new WritableAttributeImpl(name, null, data, isUnsigned);
  }

  private static UsageException refused(ArrayName place, String name, String reason) {
    return new UsageException("write %s: attribute '%s' %s".formatted(place, name, reason));
  }

  /** A text, a number, or an array of either, of Java. */
  private static Object data(ArrayName place, String name, Object value, DType dtype) {
    List<?> values = value instanceof List<?> list ? list : List.of(value);
    if (values.isEmpty()) {
      throw refused(place, name, "is an empty list, which HDF5 does not have. Leave it away");
    }
    boolean isText = values.stream().allMatch(each -> each instanceof String);
    if (isText && !AttributeNumber.isOfElements(name)) {
      return value instanceof List<?> ? values.toArray(new String[0]) : value;
    }
    DType type = AttributeNumber.isOfElements(name) ? dtype : AttributeNumber.type(values);
    @Nullable Object array = null;
    for (int i = 0; i < values.size(); i++) {
      Object each = values.get(i);
      Number number =
          AttributeNumber.of(type, each)
              .orElseThrow(
                  () ->
                      refused(
                          place,
                          name,
                          "is %s, of which %s is no %s. Give numbers of that type, or texts only"
                              .formatted(value, each, type)));
      if (!(value instanceof List<?>)) {
        return number;
      }
      array = array == null ? Array.newInstance(primitive(number), values.size()) : array;
      Array.set(array, i, number);
    }
    return Objects.requireNonNull(array);
  }

  private static Class<?> primitive(Number number) {
    return switch (number) {
      case Byte value -> byte.class;
      case Short value -> short.class;
      case Integer value -> int.class;
      case Float value -> float.class;
      case Double value -> double.class;
      default -> long.class;
    };
  }
}
