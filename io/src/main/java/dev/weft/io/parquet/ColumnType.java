package dev.weft.io.parquet;

import dev.hardwood.metadata.LogicalType;
import dev.hardwood.metadata.LogicalType.IntType;
import dev.hardwood.schema.ColumnSchema;
import dev.weft.core.dtype.DType;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the elements of a column are.
 *
 * @param name for people: a dtype, or the format's own word
 * @param dtype null for what is no number
 */
record ColumnType(String name, @Nullable DType dtype) {
  /** The type of a column. */
  static ColumnType of(ColumnSchema column) {
    if (column.maxRepetitionLevel() > 0) {
      return new ColumnType("list of " + word(column), null);
    }
    DType dtype = number(column);
    return new ColumnType(dtype == null ? word(column) : dtype.toString(), dtype);
  }

  private static String word(ColumnSchema column) {
    LogicalType logical = column.logicalType();
    return logical == null
        ? column.type().toString().toLowerCase(Locale.ROOT)
        : logical.getClass().getSimpleName().replace("Type", "").toLowerCase(Locale.ROOT);
  }

  private static @Nullable DType number(ColumnSchema column) {
    LogicalType logical = column.logicalType();
    if (logical != null && !(logical instanceof IntType)) {
      return null;
    }
    return switch (column.type()) {
      case BOOLEAN -> DType.BOOL;
      case FLOAT -> DType.FLOAT32;
      case DOUBLE -> DType.FLOAT64;
      case INT32 -> integer(logical, DType.INT32);
      case INT64 -> integer(logical, DType.INT64);
      case INT96, BYTE_ARRAY, FIXED_LEN_BYTE_ARRAY -> null;
    };
  }

  private static @Nullable DType integer(@Nullable LogicalType logical, DType stored) {
    if (!(logical instanceof IntType type)) {
      return stored;
    }
    boolean isLong = stored == DType.INT64;
    return switch (type.bitWidth()) {
      case 8 -> isLong ? null : type.isSigned() ? DType.INT8 : DType.UINT8;
      case 16 -> isLong ? null : type.isSigned() ? DType.INT16 : DType.UINT16;
      case 32 -> isLong ? null : type.isSigned() ? DType.INT32 : DType.UINT32;
      case 64 -> !isLong ? null : type.isSigned() ? DType.INT64 : DType.UINT64;
      default -> null;
    };
  }
}
