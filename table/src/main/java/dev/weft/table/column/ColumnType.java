package dev.weft.table.column;

import dev.weft.core.dtype.DType;
import dev.weft.core.error.UsageException;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;

/** What the values of a column are. Each of them may also be missing, which is written null. */
public sealed interface ColumnType {
  /** A number or truth value, of one of the element types of arrays but the complex ones. */
  record Number(DType dtype) implements ColumnType {
    /** Refuses complex types. */
    public Number {
      if (dtype.isComplex()) {
        throw new UsageException(
            "a column of %s: columns hold real numbers. Give real() and imag() as two columns"
                .formatted(dtype));
      }
    }

    @Override
    public String label() {
      return dtype.label();
    }
  }

  /** Text. Values are kept as numbers of entries in a dictionary, one for each partition. */
  record Text() implements ColumnType {
    @Override
    public String label() {
      return "string";
    }
  }

  /**
   * A moment, in nanoseconds from 1970 in UTC, in int64: from 1677 to 2262.
   *
   * @param zone in which the parts of the moment, such as its hour, are meant, and text is read
   */
  record Timestamp(ZoneId zone) implements ColumnType {
    @Override
    public String label() {
      return zone.equals(ZoneOffset.UTC) ? "timestamp" : "timestamp[" + zone + "]";
    }
  }

  /** The name: {@code float64}, {@code string}, {@code timestamp} (in UTC) or with its zone. */
  String label();

  /** The type of the numbers that stand for the values in memory. */
  default DType stored() {
    return switch (this) {
      case Number number -> number.dtype();
      case Text text -> DType.INT32;
      case Timestamp timestamp -> DType.INT64;
    };
  }

  /** Whether values are numbers or truth values. */
  default boolean isNumber() {
    return this instanceof Number;
  }

  /** float64. */
  ColumnType FLOAT64 = new Number(DType.FLOAT64);

  /** int64. */
  ColumnType INT64 = new Number(DType.INT64);

  /** bool. */
  ColumnType BOOL = new Number(DType.BOOL);

  /** Text. */
  ColumnType TEXT = new Text();

  /** A moment in UTC. */
  ColumnType TIMESTAMP = new Timestamp(ZoneOffset.UTC);

  /**
   * The type of a name.
   *
   * @param label as {@link #label} has it, or {@code int}, {@code float} and {@code str}
   */
  static ColumnType of(String label) {
    String name = label.strip().toLowerCase(Locale.ROOT);
    switch (name) {
      case "string", "str", "text" -> {
        return TEXT;
      }
      case "timestamp" -> {
        return TIMESTAMP;
      }
      case "int" -> {
        return INT64;
      }
      case "float" -> {
        return FLOAT64;
      }
      default -> {
        // Element types and zones.
      }
    }
    if (name.startsWith("timestamp[") && name.endsWith("]")) {
      String zone = label.strip().substring("timestamp[".length(), label.strip().length() - 1);
      try {
        return zone.equalsIgnoreCase("UTC") ? TIMESTAMP : new Timestamp(ZoneId.of(zone));
      } catch (DateTimeException e) {
        throw new UsageException(
            "type %s: %s is no time zone; use one such as Europe/Berlin or +02:00"
                .formatted(label, zone),
            e);
      }
    }
    for (DType dtype : DType.computable()) {
      if (dtype.label().equals(name)) {
        return new Number(dtype);
      }
    }
    throw new UsageException(
        "there is no type of columns '%s'; use bool, int8 to int64, uint8 to uint64, float16 to float64, string, timestamp or timestamp[ZONE]"
            .formatted(label));
  }
}
