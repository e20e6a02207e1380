package dev.weft.io;

import dev.weft.core.dtype.DType;
import dev.weft.io.AttributeValue.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How packed elements are to be unpacked, by the CF conventions; types as xarray chooses them.
 *
 * @param raw the type of the elements in the file, signed or not as they are meant
 * @param result the type of the unpacked elements
 * @param missing values that stand for missing elements
 */
record Decoding(DType raw, DType result, List<Double> missing, double scale, double offset) {
  private static final String SCALE = "scale_factor";
  private static final String OFFSET = "add_offset";
  private static final List<String> MISSING = List.of("_FillValue", "missing_value");

  /** What the attributes of an array ask for. */
  static Decoding of(String file, DType stored, Map<String, AttributeValue> attributes) {
    DType raw = signed(stored, attributes.get("_Unsigned"));
    List<Double> missing = new ArrayList<>();
    for (String name : MISSING) {
      if (attributes.get(name) instanceof Numbers numbers) {
        numbers.values().forEach(value -> missing.add(asRead(raw, numbers.dtype(), value)));
      }
    }
    Numbers scale = single(file, SCALE, attributes);
    Numbers offset = single(file, OFFSET, attributes);
    DType result = raw;
    if (scale != null || offset != null) {
      result = scaled(raw, type(scale), type(offset));
    } else if (!missing.isEmpty()) {
      result = promoted(raw);
    }
    return new Decoding(
        raw,
        result,
        missing,
        scale == null ? 1 : scale.values().getFirst().doubleValue(),
        offset == null ? 0 : offset.values().getFirst().doubleValue());
  }

  /** Whether there is something to unpack. */
  boolean isNeeded() {
    return !missing.isEmpty() || scale != 1 || offset != 0 || result != raw;
  }

  /** NetCDF 3 has no unsigned types, and an attribute that says what is meant. */
  private static DType signed(DType stored, @Nullable AttributeValue unsigned) {
    String word = unsigned == null ? "" : unsigned.toString().toLowerCase(Locale.ROOT);
    return switch (word) {
      case "true" ->
          switch (stored) {
            case INT8 -> DType.UINT8;
            case INT16 -> DType.UINT16;
            case INT32 -> DType.UINT32;
            case INT64 -> DType.UINT64;
            default -> stored;
          };
      case "false" ->
          switch (stored) {
            case UINT8 -> DType.INT8;
            case UINT16 -> DType.INT16;
            case UINT32 -> DType.INT32;
            case UINT64 -> DType.INT64;
            default -> stored;
          };
      default -> stored;
    };
  }

  private static double asRead(DType raw, DType type, Number value) {
    if (!type.isInteger()) {
      return value.doubleValue();
    }
    long bits = raw.isInteger() ? raw.wrap(value.longValue()) : value.longValue();
    boolean isLarge = bits < 0 && (raw == DType.UINT64 || !raw.isInteger() && type == DType.UINT64);
    return isLarge ? 2.0 * (bits >>> 1 | bits & 1) : bits;
  }

  private static @Nullable Numbers single(
      String file, String name, Map<String, AttributeValue> attributes) {
    AttributeValue value = attributes.get(name);
    if (value == null) {
      return null;
    }
    if (value instanceof Numbers numbers && numbers.values().size() == 1) {
      return numbers;
    }
    throw new FormatException(
        file,
        -1,
        "attribute %s is '%s', not one number. Leave --decode away, or correct it"
            .formatted(name, value));
  }

  private static @Nullable DType type(@Nullable Numbers numbers) {
    return numbers == null ? null : numbers.dtype();
  }

  private static DType scaled(DType raw, @Nullable DType scale, @Nullable DType offset) {
    if (offset == null) {
      return scale == DType.FLOAT32 ? DType.FLOAT32 : DType.FLOAT64;
    }
    // An offset in float32 would spoil integers of 32 bits.
    boolean isFloat = scale == DType.FLOAT32 && offset == DType.FLOAT32;
    return isFloat && !(raw.isInteger() && raw.itemSize() == Integer.BYTES)
        ? DType.FLOAT32
        : DType.FLOAT64;
  }

  private static DType promoted(DType raw) {
    if (raw.isFloating()) {
      return raw.computed();
    }
    return raw.itemSize() <= Short.BYTES ? DType.FLOAT32 : DType.FLOAT64;
  }

  /** An element as a number of the result's type; missing ones are NaN. */
  double unpack(double stored) {
    boolean single = result == DType.FLOAT32;
    double value = single ? (float) stored : stored;
    for (double each : missing) {
      if (value == each) {
        return Double.NaN;
      }
    }
    if (scale != 1) {
      value = single ? (float) (value * scale) : value * scale;
    }
    if (offset != 0) {
      value = single ? (float) (value + offset) : value + offset;
    }
    return value;
  }
}
