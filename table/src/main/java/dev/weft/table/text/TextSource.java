package dev.weft.table.text;

import dev.weft.table.column.Batch;
import dev.weft.table.source.TableReader;
import dev.weft.table.source.TableSource;
import java.io.IOException;
import java.util.List;

/** The rows of one file of text, whose partitions are the parts of the file. */
public abstract class TextSource implements TableSource {
  private final TextFile file;
  private final TextParts parts;

  /** The rows of a file. */
  protected TextSource(TextFile file, TextParts parts) {
    this.file = file;
    this.parts = parts;
  }

  /** The file. */
  protected final TextFile file() {
    return file;
  }

  @Override
  public final String description() {
    return file.name();
  }

  @Override
  public final int partitions() {
    return parts.count();
  }

  /**
   * The rows of a part.
   *
   * @param piece whose bytes are to be closed
   */
  protected abstract Batch read(TextPieces.Piece piece, int partition, List<String> columns)
      throws IOException;

  @Override
  public final Batch read(int partition, List<String> columns) throws IOException {
    try (TableReader reader = reader()) {
      return reader.read(partition, columns);
    }
  }

  @Override
  public final TableReader reader() {
    TextPieces pieces = parts.pieces();
    return new TableReader() {
      @Override
      public Batch read(int partition, List<String> columns) throws IOException {
        Batch batch = TextSource.this.read(pieces.open(partition), partition, columns);
        file.requireSame();
        return batch;
      }

      @Override
      public void close() {
        pieces.close();
      }
    };
  }
}
