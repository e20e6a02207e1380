package dev.weft.table.source;

import dev.weft.table.column.ColumnType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How files of tables are read.
 *
 * @param types of columns, by name, which win over what is guessed
 * @param separator between fields of CSV; null to guess
 * @param header whether the first row of CSV names the columns; null to guess
 * @param missing texts of fields that stand for a missing value, beside the empty field
 * @param names of the columns, in order, instead of those of the file; null for those
 * @param partitionBytes about how many bytes of files a partition has
 */
public record TableReading(
    Map<String, ColumnType> types,
    @Nullable Character separator,
    @Nullable Boolean header,
    List<String> missing,
    @Nullable List<String> names,
    long partitionBytes) {
  /** Bytes of files in a partition, if nobody says otherwise: 32 MiB. */
  public static final long PARTITION_BYTES = 32L << 20;

  /** Everything is guessed; partitions of 32 MiB. */
  public static TableReading defaults() {
    return new TableReading(Map.of(), null, null, List.of(), null, PARTITION_BYTES);
  }

  /** A column is of this type, whatever its first rows look like. */
  public TableReading type(String column, ColumnType type) {
    Map<String, ColumnType> more = new LinkedHashMap<>(types);
    more.put(column, type);
    return new TableReading(more, separator, header, missing, names, partitionBytes);
  }

  /** Fields are separated by this character. */
  public TableReading separator(char between) {
    return new TableReading(types, between, header, missing, names, partitionBytes);
  }

  /** Whether the first row names the columns. */
  public TableReading header(boolean first) {
    return new TableReading(types, separator, first, missing, names, partitionBytes);
  }

  /** Fields of these texts are missing values, too. */
  public TableReading missing(String... texts) {
    return new TableReading(types, separator, header, List.of(texts), names, partitionBytes);
  }

  /** The columns have these names, in order. */
  public TableReading names(String... columns) {
    return new TableReading(types, separator, header, missing, List.of(columns), partitionBytes);
  }

  /** Partitions have about so many bytes of files. */
  public TableReading partitionBytes(long bytes) {
    return new TableReading(types, separator, header, missing, names, bytes);
  }
}
