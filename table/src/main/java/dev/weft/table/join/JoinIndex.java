package dev.weft.table.join;

import dev.weft.core.error.UsageException;
import dev.weft.table.column.Batch;
import dev.weft.table.column.ColumnBuilder;
import dev.weft.table.column.ColumnData;
import dev.weft.table.column.Field;
import dev.weft.table.column.Schema;
import java.util.ArrayList;
import java.util.List;

/** The rows of a right table by their keys. Missing keys have no partners; NaN is equal to NaN. */
public final class JoinIndex {
  private static final int LONGEST = Integer.MAX_VALUE - 16;

  private final JoinSpec spec;
  private final Batch right;
  private final Schema result;
  private final JoinKeys of;

  /** Right rows by key: those of key k from begins[k] on. */
  private final int[] begins;

  private final int[] rows;

  /** Right rows that have had a partner; threads write only 1. */
  private final byte[] matched;

  /**
   * An index of the rows of a table.
   *
   * @param result the columns of the join
   */
  public JoinIndex(JoinSpec spec, Batch right, Schema result) {
    this.spec = spec;
    this.right = right;
    this.result = result;
    this.matched = new byte[right.rows()];
    this.of = new JoinKeys(right, spec.right());
    this.begins = of.begins();
    this.rows = of.rows();
  }

  /** The joined rows of a batch of the left table, in its order. */
  public Batch probe(Batch left) {
    int[] keys = of.find(left, spec.left());
    return spec.how().isChoice() ? chosen(left, keys) : paired(left, keys);
  }

  private Batch chosen(Batch left, int[] keys) {
    boolean semi = spec.how() == How.SEMI;
    int[] kept = new int[keys.length];
    int count = 0;
    for (int i = 0; i < keys.length; i++) {
      if (keys[i] >= 0 == semi) {
        kept[count++] = i;
      }
    }
    return left.gather(kept, count);
  }

  private Batch paired(Batch left, int[] keys) {
    boolean keep = spec.how().keepsLeft();
    boolean mark = spec.how().keepsRight();
    long total = 0;
    for (int key : keys) {
      total += key >= 0 ? begins[key + 1] - begins[key] : keep ? 1 : 0;
    }
    if (total > LONGEST) {
      throw new UsageException(
          "join on %s: %,d rows come of one partition of %,d, since keys repeat in both tables. Make keys unique in one of them, with distinct, or use smaller partitions"
              .formatted(spec.left(), total, left.rows()));
    }
    int[] lefts = new int[(int) total];
    int[] rights = new int[(int) total];
    int at = 0;
    for (int i = 0; i < keys.length; i++) {
      int key = keys[i];
      if (key < 0) {
        if (keep) {
          lefts[at] = i;
          rights[at++] = -1;
        }
        continue;
      }
      for (int j = begins[key]; j < begins[key + 1]; j++) {
        lefts[at] = i;
        rights[at++] = rows[j];
        if (mark) {
          matched[rows[j]] = 1;
        }
      }
    }
    List<ColumnData> columns = new ArrayList<>(gathered(left, lefts, at).columns());
    boolean all = !keep;
    for (String name : spec.rightColumns(right.schema())) {
      ColumnData column = right.column(name);
      columns.add(all ? column.gather(rights, at) : column.gatherOrNull(rights, at));
    }
    return new Batch(result, columns, at);
  }

  /** The rows of these numbers; where they are all, as they are. */
  private static Batch gathered(Batch batch, int[] rows, int count) {
    boolean all = count == batch.rows();
    for (int i = 0; all && i < count; i++) {
      all = rows[i] == i;
    }
    return all ? batch : batch.gather(rows, count);
  }

  /** The right rows that have had no partner, in their order; the left columns are missing. */
  public Batch unmatched(Schema left) {
    int[] kept = new int[matched.length];
    int count = 0;
    for (int i = 0; i < kept.length; i++) {
      if (matched[i] == 0) {
        kept[count++] = i;
      }
    }
    List<ColumnData> columns = new ArrayList<>();
    for (Field field : left.fields()) {
      int key = spec.left().indexOf(field.name());
      boolean isKey = key >= 0 && spec.right().get(key).equals(field.name());
      // A key of one name has the value that is there.
      columns.add(
          isKey
              ? converted(right.column(field.name()).gather(kept, count), field)
              : ColumnData.nulls(field.type(), count));
    }
    for (String name : spec.rightColumns(right.schema())) {
      columns.add(right.column(name).gather(kept, count));
    }
    return new Batch(result, columns, count);
  }

  private static ColumnData converted(ColumnData column, Field field) {
    if (column.type().equals(field.type())) {
      return column;
    }
    if (column.type().stored() == field.type().stored()) {
      return column.as(field.type());
    }
    ColumnBuilder builder = ColumnBuilder.of(field.type());
    for (int i = 0; i < column.length(); i++) {
      if (!builder.tryAdd(column.get(i))) {
        throw new UsageException(
            "join on %s: %s of the right table is no %s, as which the left has it. Cast the left column to %s"
                .formatted(
                    field.name(), column.get(i), field.type().label(), column.type().label()));
      }
    }
    return builder.build();
  }
}
