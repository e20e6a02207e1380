package dev.weft.table.csv;

import dev.weft.table.column.ColumnType;
import dev.weft.table.column.Schema;
import dev.weft.table.text.FieldBuilder;
import dev.weft.table.text.TextPart;
import dev.weft.table.text.Utf8;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Converts the wanted columns of rows. */
final class BatchHandler extends RowHandler {
  private final TextPart part;
  private final Schema schema;

  /** For each column of the file what takes its values; null where it is not wanted. */
  private final @Nullable FieldBuilder[] builders;

  private final char[][] missing;
  private int skipped;
  private int rows;

  /**
   * A handler.
   *
   * @param skipped rows at the begin that hold no values
   * @param missing texts that stand for missing values, beside the empty one
   */
  BatchHandler(
      TextPart part,
      Schema schema,
      @Nullable FieldBuilder[] builders,
      int skipped,
      List<String> missing) {
    this.part = part;
    this.schema = schema;
    this.builders = builders;
    this.skipped = skipped;
    this.missing = missing.stream().map(Utf8::encoded).toArray(char[][]::new);
  }

  int rows() {
    return rows;
  }

  @Override
  protected void handleField(int column, char[] buffer, int offset, int length, boolean quoted) {
    if (skipped > 0 || column >= builders.length) {
      return;
    }
    FieldBuilder builder = builders[column];
    if (builder == null) {
      return;
    }
    boolean isMissing =
        quoted
            ? length == 0 && !builder.type().equals(ColumnType.TEXT)
            : length == 0 || isMissing(buffer, offset, length);
    if (isMissing) {
      builder.addMissing();
    } else if (!builder.add(buffer, offset, length)) {
      throw refused(builder, column, buffer, offset, length);
    }
  }

  private boolean isMissing(char[] buffer, int offset, int length) {
    for (char[] text : missing) {
      if (Arrays.equals(text, 0, text.length, buffer, offset, offset + length)) {
        return true;
      }
    }
    return false;
  }

  private RuntimeException refused(
      FieldBuilder builder, int column, char[] buffer, int offset, int length) {
    String name = schema.fields().get(column).name();
    String text = Utf8.decoded(buffer, offset, length);
    return text == null
        ? part.malformed(line(), "column '%s'".formatted(name), buffer, offset, length)
        : part.noValue(line(), "column", name, text, builder);
  }

  @Override
  boolean endRow(int fields) {
    if (fields != builders.length) {
      throw part.wrong(
          line(),
          "%,d fields, but %,d columns. Check separators and quotes in this line"
              .formatted(fields, builders.length));
    }
    if (skipped > 0) {
      skipped--;
    } else {
      rows++;
    }
    return true;
  }

  /** Where there is one column, an empty line is a missing value; else it is nothing. */
  @Override
  boolean emptyLine() {
    if (builders.length == 1 && skipped == 0) {
      FieldBuilder builder = builders[0];
      if (builder != null) {
        builder.addMissing();
      }
      rows++;
    }
    return true;
  }
}
