package dev.weft.table.parquet;

import dev.hardwood.metadata.RowGroup;
import dev.weft.core.error.UsageException;
import dev.weft.core.shape.AxisChunks;
import dev.weft.io.FormatException;
import dev.weft.io.binary.OpenFile;
import dev.weft.io.file.FileOperations;
import dev.weft.io.parquet.ColumnPages;
import dev.weft.io.parquet.ParquetFile;
import dev.weft.table.column.Batch;
import dev.weft.table.column.ColumnData;
import dev.weft.table.column.ColumnType;
import dev.weft.table.column.Field;
import dev.weft.table.column.Schema;
import dev.weft.table.parquet.ParquetColumn.Meaning;
import dev.weft.table.source.TableReading;
import dev.weft.table.source.TableSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The rows of one file. A partition is one or more whole row groups. */
final class ParquetTable implements TableSource {
  private final ParquetFile parquet;
  private final List<ParquetColumn> columns;
  private final Schema schema;

  /** The rows of row groups, those that have any. */
  private final AxisChunks rows;

  /** The first row group of each partition, and behind the last. */
  private final List<Integer> cuts = new ArrayList<>();

  private final long bytes;

  /**
   * Reads the footer of a file.
   *
   * @throws FormatException when it is damaged
   */
  static ParquetTable of(Path file, TableReading options) {
    OpenFile open = OpenFile.open(file, FileOperations.SYSTEM);
    try {
      return new ParquetTable(new ParquetFile(open), options);
    } catch (RuntimeException e) {
      open.close();
      throw e;
    }
  }

  private ParquetTable(ParquetFile parquet, TableReading options) {
    this.parquet = parquet;
    this.columns = ParquetColumn.of(parquet.columns());
    this.schema = schema(options);
    this.rows = parquet.rows();
    List<RowGroup> groups =
        parquet.rowGroups().stream().filter(group -> group.numRows() > 0).toList();
    this.bytes = groups.stream().mapToLong(RowGroup::totalByteSize).sum();
    cut(groups, options.partitionBytes());
  }

  /** Joins row groups as long as they are not more than a partition's bytes. */
  private void cut(List<RowGroup> groups, long most) {
    cuts.add(0);
    long size = 0;
    for (int i = 0; i < groups.size(); i++) {
      long next = Math.max(0, groups.get(i).totalByteSize());
      if (i > cuts.getLast() && size + next > most) {
        cuts.add(i);
        size = 0;
      }
      size += next;
    }
    cuts.add(groups.size());
  }

  private Schema schema(TableReading options) {
    List<String> given = options.names();
    if (given != null && given.size() != columns.size()) {
      throw new UsageException(
          "read %s: %,d names are given for %,d columns. Name each of them"
              .formatted(parquet.file().name(), given.size(), columns.size()));
    }
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      fields.add(
          new Field(given == null ? columns.get(i).name() : given.get(i), columns.get(i).type()));
    }
    Schema stored = Schema.of(fields);
    for (Map.Entry<String, ColumnType> type : options.types().entrySet()) {
      ColumnType own = stored.field(type.getKey()).type();
      boolean isZone =
          own instanceof ColumnType.Timestamp && type.getValue() instanceof ColumnType.Timestamp;
      if (!isZone && !own.equals(type.getValue())) {
        throw new UsageException(
            "read %s: column '%s' is %s in the file, not %s. Read it as it is, and convert it then"
                .formatted(
                    parquet.file().name(), type.getKey(), own.label(), type.getValue().label()));
      }
    }
    return Schema.of(
        fields.stream()
            .map(
                field ->
                    new Field(
                        field.name(), options.types().getOrDefault(field.name(), field.type())))
            .toList());
  }

  @Override
  public String description() {
    return parquet.file().name();
  }

  @Override
  public Schema schema() {
    return schema;
  }

  @Override
  public int partitions() {
    return cuts.size() - 1;
  }

  private long firstRow(int group) {
    return rows.extent() == 0 ? 0 : rows.offset(group);
  }

  @Override
  public long rows(int partition) {
    return firstRow(cuts.get(partition + 1)) - firstRow(cuts.get(partition));
  }

  @Override
  public long bytes() {
    return bytes;
  }

  @Override
  public Batch read(int partition, List<String> wanted) {
    long count = rows(partition);
    if (count > Integer.MAX_VALUE - 16) {
      throw new FormatException(
          parquet.file().name(),
          -1,
          "a row group has %,d rows, of which at most 2,147,483,631 are read. Write the file with smaller row groups"
              .formatted(count));
    }
    Schema own = schema.select(wanted);
    List<ColumnData> data = new ArrayList<>();
    for (Field field : own.fields()) {
      ParquetColumn column = columns.get(schema.index(field.name()));
      data.add(read(partition, column, (int) count).as(field.type()));
    }
    return new Batch(own, data, (int) count);
  }

  private ColumnData read(int partition, ParquetColumn column, int count) {
    Meaning meaning = column.meaning();
    if (meaning == null) {
      throw new FormatException(
          parquet.file().name(),
          -1,
          "column '%s' is %s, which tables do not hold. Leave it out: select the others"
              .formatted(column.name(), column.described()));
    }
    List<ColumnPages> groups = parquet.chunks(column.stored());
    ParquetValues values = new ParquetValues(parquet.file(), column, meaning, count);
    int row = 0;
    for (ColumnPages group : groups.subList(cuts.get(partition), cuts.get(partition + 1))) {
      int first = row;
      group.read(0, group.rows(), (at, page) -> values.put((int) (first + at), page));
      row += (int) group.rows();
    }
    return values.build();
  }
}
