package dev.weft.table.parquet;

import dev.hardwood.metadata.LogicalType;
import dev.hardwood.schema.ColumnSchema;
import dev.weft.core.dtype.DType;
import dev.weft.table.column.ColumnType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A column of a file, and what it is in a table.
 *
 * @param name of its field; within structures those of all fields, with points between
 * @param type text where there is no meaning
 * @param meaning of the values that are stored; null where tables hold no such values
 */
record ParquetColumn(String name, ColumnSchema stored, ColumnType type, @Nullable Meaning meaning) {
  /** How stored values are those of the table. */
  enum Meaning {
    /** The same. */
    NUMBER(0),
    /** Bytes of UTF-8. */
    TEXT(0),
    /** Two bytes. */
    HALF(0),
    /** Days from 1970. */
    DAYS(86_400_000_000_000L),
    /** Milliseconds from 1970. */
    MILLIS(1_000_000),
    /** Microseconds from 1970. */
    MICROS(1_000),
    /** Nanoseconds from 1970. */
    NANOS(1),
    /** Nanoseconds of the day in eight bytes, and the Julian day in four. */
    JULIAN(0);

    private final long nanos;

    Meaning(long nanos) {
      this.nanos = nanos;
    }

    /** Nanoseconds in one, of moments. */
    long nanos() {
      return nanos;
    }
  }

  /** The columns of a file; a list or a map is one, whatever it holds. */
  static List<ParquetColumn> of(List<ColumnSchema> leaves) {
    Map<String, ParquetColumn> columns = new LinkedHashMap<>();
    for (ColumnSchema leaf : leaves) {
      List<String> path = leaf.fieldPath().elements();
      boolean isNested = leaf.maxRepetitionLevel() > 0;
      String name = isNested ? path.getFirst() : String.join(".", path);
      Meaning meaning = isNested ? null : meaning(leaf);
      columns.putIfAbsent(name, new ParquetColumn(name, leaf, type(leaf, meaning), meaning));
    }
    return new ArrayList<>(columns.values());
  }

  private static @Nullable Meaning meaning(ColumnSchema leaf) {
    LogicalType logical = leaf.logicalType();
    return switch (leaf.type()) {
      case BOOLEAN, FLOAT, DOUBLE -> logical == null ? Meaning.NUMBER : null;
      case INT32 ->
          logical instanceof LogicalType.DateType
              ? Meaning.DAYS
              : isInteger(logical, Integer.SIZE) ? Meaning.NUMBER : null;
      case INT64 ->
          logical instanceof LogicalType.TimestampType moment
              ? switch (moment.unit()) {
                case MILLIS -> Meaning.MILLIS;
                case MICROS -> Meaning.MICROS;
                case NANOS -> Meaning.NANOS;
              }
              : isInteger(logical, Long.SIZE) ? Meaning.NUMBER : null;
      case INT96 -> Meaning.JULIAN;
      case BYTE_ARRAY -> isText(logical) ? Meaning.TEXT : null;
      case FIXED_LEN_BYTE_ARRAY -> logical instanceof LogicalType.Float16Type ? Meaning.HALF : null;
    };
  }

  private static boolean isInteger(@Nullable LogicalType logical, int bits) {
    return logical == null
        || logical instanceof LogicalType.IntType type
            && (bits == Long.SIZE) == (type.bitWidth() == Long.SIZE);
  }

  private static boolean isText(@Nullable LogicalType logical) {
    return logical instanceof LogicalType.StringType
        || logical instanceof LogicalType.EnumType
        || logical instanceof LogicalType.JsonType;
  }

  private static ColumnType type(ColumnSchema leaf, @Nullable Meaning meaning) {
    if (meaning == null) {
      return ColumnType.TEXT;
    }
    return switch (meaning) {
      case NUMBER -> new ColumnType.Number(number(leaf));
      case TEXT -> ColumnType.TEXT;
      case HALF -> new ColumnType.Number(DType.FLOAT16);
      case DAYS, MILLIS, MICROS, NANOS, JULIAN -> ColumnType.TIMESTAMP;
    };
  }

  private static DType number(ColumnSchema leaf) {
    return switch (leaf.type()) {
      case BOOLEAN -> DType.BOOL;
      case FLOAT -> DType.FLOAT32;
      case DOUBLE -> DType.FLOAT64;
      case INT32, INT64 ->
          leaf.logicalType() instanceof LogicalType.IntType type
              ? DType.of((type.isSigned() ? "int" : "uint") + type.bitWidth())
              : leaf.type() == dev.hardwood.metadata.PhysicalType.INT32 ? DType.INT32 : DType.INT64;
      case INT96, BYTE_ARRAY, FIXED_LEN_BYTE_ARRAY ->
          throw new IllegalArgumentException(leaf.toString());
    };
  }

  /** What it is, for people: {@code list of int32}, {@code decimal}. */
  String described() {
    LogicalType logical = stored.logicalType();
    String word =
        logical == null
            ? stored.type().toString()
            : logical.getClass().getSimpleName().replace("Type", "");
    return (stored.maxRepetitionLevel() > 0 ? "a list or map of " : "")
        + word.toLowerCase(Locale.ROOT);
  }
}
