package dev.weft.table.json;

import dev.weft.table.column.Batch;
import dev.weft.table.column.Schema;
import dev.weft.table.source.TableSource;
import dev.weft.table.text.MemoryEstimate;
import dev.weft.table.text.RowStarts;
import dev.weft.table.text.TextFile;
import dev.weft.table.text.TextPart;
import java.io.IOException;
import java.util.List;

/** The objects of one file. */
final class JsonSource implements TableSource {
  private final TextFile file;
  private final List<String> keys;
  private final Schema schema;
  private final List<String> missing;
  private final double rowBytes;
  private final RowStarts starts;

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
    this.file = file;
    this.keys = keys;
    this.schema = schema;
    this.missing = List.copyOf(missing);
    this.rowBytes = rowBytes;
    this.starts = RowStarts.lines(file, partitionBytes);
  }

  @Override
  public String description() {
    return file.name();
  }

  @Override
  public Schema schema() {
    return schema;
  }

  @Override
  public int partitions() {
    return starts.parts();
  }

  @Override
  public long bytes() {
    return MemoryEstimate.bytes(file, schema, rowBytes);
  }

  @Override
  public Batch read(int partition, List<String> columns) throws IOException {
    TextPart part = new TextPart(file, starts.start(partition), starts.start(partition + 1));
    Schema wanted = schema.select(columns);
    List<String> own = columns.stream().map(name -> keys.get(schema.index(name))).toList();
    ObjectBatch batch =
        new ObjectBatch(part, own, wanted, missing, (part.to() - part.from()) / rowBytes);
    ObjectReader.read(part, part.bytes(), batch);
    file.requireSame();
    return batch.build();
  }
}
