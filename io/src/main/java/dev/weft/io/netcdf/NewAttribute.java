package dev.weft.io.netcdf;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * An attribute of a variable as it stands in a file.
 *
 * @param count of values
 * @param bytes of them, big-endian
 */
record NewAttribute(String name, ClassicType type, int count, byte[] bytes) {
  /** What is compared with elements has their type. */
  private static final Set<String> OF_ELEMENTS =
      Set.of("_FillValue", "missing_value", "valid_min", "valid_max", "valid_range");

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
    if (value instanceof String text && !OF_ELEMENTS.contains(name)) {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      return new NewAttribute(name, ClassicType.CHAR, utf8.length, utf8);
    }
    List<Number> numbers = new ArrayList<>();
    for (Object each : value instanceof List<?> list ? list : List.of(value)) {
      switch (each) {
        case Boolean truth -> numbers.add(truth ? 1 : 0);
        case Number number -> numbers.add(number);
        case String text when text.equals("NaN") && isFloating(variable.type()) ->
            numbers.add(Double.NaN);
        default ->
            throw variable.refused(
                "attribute %s is %s, of which a number is expected, or one text where it is not compared with elements. Give numbers"
                    .formatted(name, value));
      }
    }
    ClassicType type =
        OF_ELEMENTS.contains(name) ? variable.type() : typeOf(value instanceof Boolean, numbers);
    ByteBuffer bytes = ByteBuffer.allocate(numbers.size() * type.size());
    for (Number number : numbers) {
      if (!put(type, number, bytes)) {
        throw variable.refused(
            "attribute %s is %s, which is no %s as the elements are. Give a value of their type"
                .formatted(name, number, type.label()));
      }
    }
    return new NewAttribute(name, type, numbers.size(), bytes.array());
  }

  private static boolean isFloating(ClassicType type) {
    return type == ClassicType.FLOAT || type == ClassicType.DOUBLE;
  }

  private static ClassicType typeOf(boolean isTruth, List<Number> numbers) {
    if (isTruth) {
      return ClassicType.BYTE;
    }
    if (numbers.stream().anyMatch(each -> each instanceof Double)) {
      return ClassicType.DOUBLE;
    }
    boolean isShort = numbers.stream().allMatch(each -> each.longValue() == each.intValue());
    return isShort ? ClassicType.INT : ClassicType.INT64;
  }

  /** False when a type does not hold the number. */
  private static boolean put(ClassicType type, Number number, ByteBuffer to) {
    long integer = number.longValue();
    boolean isInteger = !(number instanceof Double) || integer == number.doubleValue();
    return switch (type) {
      case FLOAT -> {
        to.putFloat(number.floatValue());
        yield true;
      }
      case DOUBLE -> {
        to.putDouble(number.doubleValue());
        yield true;
      }
      case BYTE, CHAR -> {
        to.put((byte) integer);
        yield isInteger && integer == (byte) integer;
      }
      case UBYTE -> {
        to.put((byte) integer);
        yield isInteger && integer >> Byte.SIZE == 0;
      }
      case SHORT -> {
        to.putShort((short) integer);
        yield isInteger && integer == (short) integer;
      }
      case USHORT -> {
        to.putShort((short) integer);
        yield isInteger && integer >> Short.SIZE == 0;
      }
      case INT -> {
        to.putInt((int) integer);
        yield isInteger && integer == (int) integer;
      }
      case UINT -> {
        to.putInt((int) integer);
        yield isInteger && integer >> Integer.SIZE == 0;
      }
      case INT64 -> {
        to.putLong(integer);
        yield isInteger;
      }
      case UINT64 -> {
        to.putLong(integer);
        yield isInteger && integer >= 0;
      }
    };
  }
}
