package dev.weft.table.csv;

import dev.weft.table.column.Batch;
import dev.weft.table.column.ColumnData;
import dev.weft.table.column.Field;
import dev.weft.table.column.Schema;
import dev.weft.table.text.ByteReader;
import dev.weft.table.text.FieldBuilder;
import dev.weft.table.text.MemoryEstimate;
import dev.weft.table.text.TextFile;
import dev.weft.table.text.TextPart;
import dev.weft.table.text.TextParts;
import dev.weft.table.text.TextPieces;
import dev.weft.table.text.TextSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of one file. */
final class CsvSource extends TextSource {
  /** Rows may be shorter than the first ones. */
  private static final double SLACK = 1.1;

  private final CsvLayout layout;
  private final List<String> missing;

  CsvSource(TextFile file, CsvLayout layout, List<String> missing, long partitionBytes) {
    // The row of names is in the first partition, whatever empty lines are before it.
    super(file, TextParts.quoting(file, layout.separator(), layout.hasHeader(), partitionBytes));
    this.layout = layout;
    this.missing = List.copyOf(missing);
  }

  @Override
  public Schema schema() {
    return layout.schema();
  }

  @Override
  public long bytes() {
    return MemoryEstimate.bytes(file(), schema(), layout.rowBytes());
  }

  @Override
  protected Batch read(TextPieces.Piece piece, int partition, List<String> columns)
      throws IOException {
    TextPart part = piece.part();
    Schema wanted = schema().select(columns);
    double expected = (part.to() - part.from()) / layout.rowBytes() * SLACK;
    @Nullable FieldBuilder[] builders = new FieldBuilder[schema().size()];
    for (Field field : wanted.fields()) {
      builders[schema().index(field.name())] = FieldBuilder.of(field.type(), expected);
    }
    int skipped = partition == 0 && layout.hasHeader() ? 1 : 0;
    BatchHandler handler = new BatchHandler(part, schema(), builders, skipped, missing);
    CsvParser.parse(part, new ByteReader(piece.bytes()), layout.separator(), handler);
    List<ColumnData> built = new ArrayList<>();
    for (FieldBuilder builder : builders) {
      if (builder != null) {
        built.add(builder.build());
      }
    }
    return new Batch(wanted, built, handler.rows());
  }
}
