package dev.weft.table.source;

import dev.weft.core.NDArray;
import dev.weft.core.RandomArrays;
import dev.weft.core.Session;
import dev.weft.core.dtype.DType;
import dev.weft.table.column.Batch;
import dev.weft.table.column.ColumnData;
import dev.weft.table.column.ColumnType;
import dev.weft.table.column.Dictionary;
import dev.weft.table.column.Field;
import dev.weft.table.column.Schema;
import java.util.ArrayList;
import java.util.List;

/**
 * Invented measurements, a row at equal steps of time: when, who, a number, and two uniform numbers
 * in [-1, 1). Row i is a function of the seed and i alone.
 */
public final class Timeseries implements TableSource {
  /** The names that occur, all equally often. */
  private static final Dictionary NAMES =
      Dictionary.of(
          List.of(
              "Alice",
              "Bob",
              "Charlie",
              "Dan",
              "Edith",
              "Frank",
              "George",
              "Hannah",
              "Ingrid",
              "Jerry",
              "Kevin",
              "Laura",
              "Michael",
              "Norbert",
              "Oliver",
              "Patricia",
              "Quinn",
              "Ray",
              "Sarah",
              "Tim",
              "Ursula",
              "Victor",
              "Wendy",
              "Xavier",
              "Yvonne",
              "Zelda"));

  private static final Schema SCHEMA =
      Schema.of(
          new Field("timestamp", ColumnType.TIMESTAMP),
          new Field("name", ColumnType.TEXT),
          new Field("id", ColumnType.INT64),
          new Field("x", ColumnType.FLOAT64),
          new Field("y", ColumnType.FLOAT64));

  private static final double RATE = 1000;

  private final long start;
  private final long step;
  private final ArrayColumns numbers;

  /**
   * Rows at equal steps.
   *
   * @param start of the first, in nanoseconds from 1970
   * @param step between rows, in nanoseconds
   */
  public Timeseries(
      Session session, long start, long step, long rows, int partitionRows, long seed) {
    this.start = start;
    this.step = step;
    RandomArrays random = session.random(seed);
    // About as numbers of the Poisson distribution of this rate are.
    NDArray id = random.normal(rows).multiply(Math.sqrt(RATE)).add(RATE).round().cast(DType.INT64);
    List<NDArray> arrays =
        List.of(
            random.integers(0, NAMES.size(), rows).cast(DType.INT32),
            id,
            random.uniform(rows).multiply(2.0).subtract(1.0),
            random.uniform(rows).multiply(2.0).subtract(1.0));
    List<String> names = List.of("name", "id", "x", "y");
    this.numbers =
        new ArrayColumns(session, ArrayColumns.schema(names, arrays), arrays, rows, partitionRows);
  }

  @Override
  public String description() {
    return "timeseries";
  }

  @Override
  public Schema schema() {
    return SCHEMA;
  }

  @Override
  public int partitions() {
    return numbers.partitions();
  }

  @Override
  public long rows(int partition) {
    return numbers.rows(partition);
  }

  @Override
  public Batch read(int partition, List<String> columns) {
    Batch drawn = numbers.read(partition, columns.stream().filter(numbers.schema()::has).toList());
    List<ColumnData> values = new ArrayList<>();
    for (String name : columns) {
      values.add(
          switch (name) {
            case "timestamp" -> moments(partition);
            case "name" -> ColumnData.text((int[]) drawn.column(name).values(), NAMES, null);
            default -> drawn.column(name);
          });
    }
    return new Batch(SCHEMA.select(columns), values, (int) rows(partition));
  }

  private ColumnData moments(int partition) {
    long[] moments = new long[(int) rows(partition)];
    long first = (long) partition * numbers.partitionRows();
    for (int i = 0; i < moments.length; i++) {
      moments[i] = start + (first + i) * step;
    }
    return ColumnData.of(ColumnType.TIMESTAMP, moments, null);
  }
}
