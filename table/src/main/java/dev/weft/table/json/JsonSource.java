package dev.weft.table.json;

import dev.weft.table.column.Batch;
import dev.weft.table.column.Schema;
import dev.weft.table.text.MemoryEstimate;
import dev.weft.table.text.TextFile;
import dev.weft.table.text.TextPart;
import dev.weft.table.text.TextParts;
import dev.weft.table.text.TextPieces;
import dev.weft.table.text.TextSource;
import java.io.IOException;
import java.util.List;

/** The objects of one file. */
final class JsonSource extends TextSource {
  private final List<String> keys;
  private final Schema schema;
  private final List<String> missing;
  private final double rowBytes;

  /**
   * The objects of a file.
   *
   * @param keys of the columns
   * @param rowBytes about how many bytes a row has
   */
  JsonSource(
      TextFile file,
      List<String> keys,
      Schema schema,
      List<String> missing,
      double rowBytes,
      long partitionBytes) {
    super(file, TextParts.lines(file, partitionBytes));
    this.keys = keys;
    this.schema = schema;
    this.missing = List.copyOf(missing);
    this.rowBytes = rowBytes;
  }

  @Override
  public Schema schema() {
    return schema;
  }

  @Override
  public long bytes() {
    return MemoryEstimate.bytes(file(), schema, rowBytes);
  }

  @Override
  protected Batch read(TextPieces.Piece piece, int partition, List<String> columns)
      throws IOException {
    TextPart part = piece.part();
    Schema wanted = schema.select(columns);
    List<String> own = columns.stream().map(name -> keys.get(schema.index(name))).toList();
    ObjectBatch batch =
        new ObjectBatch(part, own, wanted, missing, (part.to() - part.from()) / rowBytes);
    ObjectReader.read(part, piece.bytes(), batch);
    return batch.build();
  }
}
