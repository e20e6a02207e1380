package dev.weft.table.duckdb;

import dev.weft.core.Session;
import dev.weft.table.Table;
import dev.weft.table.Tables;
import dev.weft.table.column.Batch;
import dev.weft.table.column.ColumnBuilder;
import dev.weft.table.column.ColumnData;
import dev.weft.table.column.ColumnType;
import dev.weft.table.column.Field;
import dev.weft.table.column.Schema;
import dev.weft.table.source.MemorySource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Random rows of all types, with the values at which programs go wrong. */
final class RandomRows {
  static final List<String> TEXTS =
      List.of(
          "", " ", "a", "A", "b", "ab", "Ab ", " b", "a,b", "a-b-c", "zebra", "über", "Éclair",
          "日本", "😀", "😀x", "ﬁ", "O'Hara");

  private static final long DAY = 86_400_000_000_000L;
  private static final double[] SPECIAL = {
    Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -0.0, 0.0
  };

  private final Random random;

  RandomRows(Random random) {
    this.random = random;
  }

  /** A kind of column: its type, and whether its values are few and small. */
  record Kind(String name, ColumnType type, boolean small) {}

  private static final List<Kind> KINDS =
      List.of(
          new Kind("k", ColumnType.INT64, true),
          new Kind("i", Twin.INT32, true),
          new Kind("big", ColumnType.INT64, false),
          new Kind("wide", Twin.INT32, false),
          new Kind("x", ColumnType.FLOAT64, true),
          new Kind("r", ColumnType.FLOAT64, false),
          new Kind("f", Twin.FLOAT32, true),
          new Kind("b", ColumnType.BOOL, true),
          new Kind("s", ColumnType.TEXT, false),
          new Kind("t", ColumnType.TIMESTAMP, false));

  /** Columns of all kinds or some, with names that begin with a prefix. */
  List<Kind> kinds(String prefix) {
    List<Kind> kinds = new ArrayList<>();
    for (Kind kind : KINDS) {
      if (random.nextInt(8) > 0) {
        kinds.add(new Kind(prefix + kind.name, kind.type, kind.small));
      }
    }
    if (kinds.isEmpty()) {
      kinds.add(new Kind(prefix + "k", ColumnType.INT64, true));
    }
    return kinds;
  }

  Batch batch(List<Kind> kinds, int rows) {
    List<Field> fields = new ArrayList<>();
    List<ColumnData> columns = new ArrayList<>();
    for (Kind kind : kinds) {
      fields.add(new Field(kind.name, kind.type));
      int missing = new int[] {0, 0, 10, 30, 100}[random.nextInt(5)];
      double special = random.nextInt(3) == 0 ? 0 : 0.15;
      int variety = 1 + random.nextInt(TEXTS.size());
      ColumnBuilder builder = ColumnBuilder.of(kind.type);
      for (int i = 0; i < rows; i++) {
        if (random.nextInt(100) < missing) {
          builder.addNull();
        } else {
          add(builder, kind, special, variety);
        }
      }
      columns.add(builder.build());
    }
    return new Batch(Schema.of(fields), columns, rows);
  }

  private void add(ColumnBuilder to, Kind kind, double special, int variety) {
    if (kind.type.equals(ColumnType.TEXT)) {
      to.add(TEXTS.get(random.nextInt(variety)));
    } else if (kind.type.equals(ColumnType.BOOL)) {
      to.add(random.nextBoolean() ? 1L : 0L);
    } else if (kind.type instanceof ColumnType.Timestamp) {
      long day = random.nextInt(30_000) - 10_000L;
      to.add(day * DAY + (random.nextInt(3) == 0 ? 0 : (long) (random.nextDouble() * DAY)));
    } else if (kind.type.stored().isFloating()) {
      to.add(
          random.nextDouble() < special
              ? SPECIAL[random.nextInt(SPECIAL.length)]
              : kind.small
                  ? (random.nextInt(8 * variety) - 4 * variety) / 8.0
                  : random.nextGaussian() * Math.pow(10, random.nextInt(9) - 3));
    } else if (kind.small) {
      to.add((long) random.nextInt(2 * variety) - variety / 2);
    } else if (kind.type.equals(Twin.INT32)) {
      to.add((long) random.nextInt());
    } else {
      to.add(
          switch (random.nextInt(6)) {
            case 0 -> Long.MAX_VALUE;
            case 1 -> Long.MIN_VALUE;
            default -> random.nextLong() >> random.nextInt(50);
          });
    }
  }

  /** The rows in partitions of random lengths, of which some are empty. */
  Table table(Session session, Batch batch, int partitions) {
    int[] cuts = new int[partitions + 1];
    for (int i = 1; i < partitions; i++) {
      cuts[i] = random.nextInt(batch.rows() + 1);
    }
    cuts[partitions] = batch.rows();
    Arrays.sort(cuts);
    List<Batch> parts = new ArrayList<>();
    for (int i = 0; i < partitions; i++) {
      Batch part = batch.slice(cuts[i], cuts[i + 1]);
      parts.add(random.nextBoolean() ? part : part.compact());
    }
    return Tables.of(session, new MemorySource(batch.schema(), parts));
  }
}
