package dev.weft.table.csv;

import dev.weft.table.column.Batch;
import dev.weft.table.column.ColumnData;
import dev.weft.table.column.Field;
import dev.weft.table.column.Schema;
import dev.weft.table.source.TableSource;
import dev.weft.table.text.FieldBuilder;
import dev.weft.table.text.MemoryEstimate;
import dev.weft.table.text.RowStarts;
import dev.weft.table.text.TextFile;
import dev.weft.table.text.TextPart;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of one file. */
final class CsvSource implements TableSource {
  /** Rows may be shorter than the first ones. */
  private static final double SLACK = 1.1;

  private final TextFile file;
  private final CsvLayout layout;
  private final List<String> missing;
  private final RowStarts starts;

  CsvSource(TextFile file, CsvLayout layout, List<String> missing, long partitionBytes) {
    this.file = file;
    this.layout = layout;
    this.missing = List.copyOf(missing);
    // The row of names is in the first partition, whatever empty lines are before it.
    long begin = layout.hasHeader() ? file.firstRow() : file.begin();
    this.starts = RowStarts.quoting(file, layout.separator(), begin, partitionBytes);
  }

  @Override
  public String description() {
    return file.name();
  }

  @Override
  public Schema schema() {
    return layout.schema();
  }

  @Override
  public int partitions() {
    return starts.parts();
  }

  @Override
  public long bytes() {
    return MemoryEstimate.bytes(file, schema(), layout.rowBytes());
  }

  @Override
  public Batch read(int partition, List<String> columns) throws IOException {
    TextPart part = new TextPart(file, starts.start(partition), starts.start(partition + 1));
    Schema wanted = schema().select(columns);
    double expected = (part.to() - part.from()) / layout.rowBytes() * SLACK;
    @Nullable FieldBuilder[] builders = new FieldBuilder[schema().size()];
    for (Field field : wanted.fields()) {
      builders[schema().index(field.name())] = FieldBuilder.of(field.type(), expected);
    }
    int skipped = partition == 0 && layout.hasHeader() ? 1 : 0;
    BatchHandler handler = new BatchHandler(part, schema(), builders, skipped, missing);
    CsvParser.parse(part, part.reader(), layout.separator(), handler);
    file.requireSame();
    List<ColumnData> built = new ArrayList<>();
    for (FieldBuilder builder : builders) {
      if (builder != null) {
        built.add(builder.build());
      }
    }
    return new Batch(wanted, built, handler.rows());
  }
}
