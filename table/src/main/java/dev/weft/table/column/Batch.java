package dev.weft.table.column;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * The rows of a partition: a column of the same length for each field.
 *
 * @param rows their number, also where there are no columns
 */
public record Batch(Schema schema, List<ColumnData> columns, int rows) {
  /** Refuses columns of other types and lengths than were said. */
  public Batch {
    columns = List.copyOf(columns);
    if (columns.size() != schema.size()) {
      throw new IllegalArgumentException(columns.size() + " columns for " + schema);
    }
    for (int i = 0; i < columns.size(); i++) {
      ColumnData column = columns.get(i);
      Field field = schema.fields().get(i);
      if (column.length() != rows || !column.type().equals(field.type())) {
        throw new IllegalArgumentException(
            "column %s: %d rows of %s, not %d of %s"
                .formatted(
                    field.name(),
                    column.length(),
                    column.type().label(),
                    rows,
                    field.type().label()));
      }
    }
  }

  /** A batch of no rows. */
  public static Batch empty(Schema schema) {
    return new Batch(
        schema,
        schema.fields().stream().map(field -> ColumnData.nulls(field.type(), 0)).toList(),
        0);
  }

  /** The column of a name. */
  public ColumnData column(String name) {
    return columns.get(schema.index(name));
  }

  /** Only these columns, in the order of the names. */
  public Batch select(List<String> names) {
    return new Batch(schema.select(names), names.stream().map(this::column).toList(), rows);
  }

  /** Only these columns, in the order in which they are here. */
  public Batch keep(Collection<String> names) {
    return schema.names().equals(List.copyOf(names)) ? this : select(schema.keep(names).names());
  }

  /** The rows of these numbers, in their order. */
  public Batch gather(int[] kept, int count) {
    return new Batch(
        schema, columns.stream().map(column -> column.gather(kept, count)).toList(), count);
  }

  /** The rows from one number to below another. */
  public Batch slice(int from, int to) {
    return from == 0 && to == rows
        ? this
        : new Batch(
            schema, columns.stream().map(column -> column.slice(from, to)).toList(), to - from);
  }

  /** The columns of both; the other batch has as many rows. */
  public Batch beside(Batch other) {
    List<Field> fields = new ArrayList<>(schema.fields());
    fields.addAll(other.schema.fields());
    List<ColumnData> all = new ArrayList<>(columns);
    all.addAll(other.columns);
    return new Batch(Schema.of(fields), all, rows);
  }

  /** The rows of all, in order; all have this schema. */
  public static Batch concat(Schema schema, List<Batch> batches) {
    if (batches.size() == 1) {
      return batches.getFirst();
    }
    long rows = batches.stream().mapToLong(Batch::rows).sum();
    int count = Joined.length(rows);
    List<ColumnData> columns = new ArrayList<>();
    for (int i = 0; i < schema.size(); i++) {
      int column = i;
      columns.add(
          Joined.column(
              schema.fields().get(i).type(),
              batches.stream().map(batch -> batch.columns.get(column)).toList(),
              count));
    }
    return new Batch(schema, columns, count);
  }

  /** The same batches, which have one dictionary for each column of text together. */
  public static List<Batch> sharingTexts(List<Batch> batches) {
    if (batches.size() < 2) {
      return batches;
    }
    Schema schema = batches.getFirst().schema;
    List<List<ColumnData>> columns = new ArrayList<>();
    for (int i = 0; i < schema.size(); i++) {
      int column = i;
      List<ColumnData> parts = batches.stream().map(batch -> batch.columns.get(column)).toList();
      boolean isText = schema.fields().get(i).type().equals(ColumnType.TEXT);
      columns.add(isText ? Joined.sharing(parts) : parts);
    }
    List<Batch> shared = new ArrayList<>();
    for (int k = 0; k < batches.size(); k++) {
      int part = k;
      shared.add(
          new Batch(
              schema, columns.stream().map(each -> each.get(part)).toList(), batches.get(k).rows));
    }
    return shared;
  }

  /** The same rows, whose dictionaries have no texts that do not occur. */
  public Batch compact() {
    return new Batch(schema, columns.stream().map(ColumnData::compact).toList(), rows);
  }

  /** About how many bytes of the heap the columns take. */
  public long bytes() {
    return bytes(Collections.newSetFromMap(new IdentityHashMap<>()));
  }

  /**
   * The same without dictionaries that have been counted already.
   *
   * @param counted dictionaries by identity, to which those of the batch are added
   */
  public long bytes(Set<Dictionary> counted) {
    long bytes = 0;
    for (ColumnData column : columns) {
      bytes += column.rowBytes();
      if (column.type().equals(ColumnType.TEXT) && counted.add(column.dictionary())) {
        bytes += column.dictionary().bytes();
      }
    }
    return bytes;
  }
}
