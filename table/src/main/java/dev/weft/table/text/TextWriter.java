package dev.weft.table.text;

import dev.weft.io.file.AtomicFile;
import dev.weft.io.file.FileOperations;
import dev.weft.table.column.Batch;
import dev.weft.table.source.TableWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes rows as text, one behind the other, compressed as the name of the file tells. Each
 * partition is compressed by itself, into a member of gzip or a frame of Zstandard.
 */
public final class TextWriter implements TableWriter {
  private static final int BUFFER = 64 << 10;

  /** How a format writes rows. */
  public interface Rows {
    /** What is before all rows, perhaps nothing. */
    String begin();

    /** Appends a row with its line end. */
    void append(Batch batch, int row, StringBuilder to);
  }

  private record Bytes(List<byte[]> chunks) implements Encoded {}

  private final Rows rows;
  private final TextCompression compression;
  private final FileOperations operations;
  private final AtomicFile.Draft draft;
  private boolean isBegun;
  private long length;

  /**
   * Begins a file.
   *
   * @param example what such a file could be called
   */
  public TextWriter(Path file, Rows rows, String example, FileOperations operations) {
    this.rows = rows;
    this.compression = TextCompression.of(file.toString());
    this.operations = operations;
    this.draft = AtomicFile.at(file, operations, example).begin();
  }

  @Override
  public Encoded encode(Batch batch) throws IOException {
    ByteChunks bytes = new ByteChunks();
    if (batch.rows() == 0) {
      return new Bytes(List.of());
    }
    try (OutputStream packed = compression.pack(bytes)) {
      StringBuilder text = new StringBuilder(BUFFER + 1024);
      for (int row = 0; row < batch.rows(); row++) {
        rows.append(batch, row, text);
        if (text.length() >= BUFFER) {
          packed.write(text.toString().getBytes(StandardCharsets.UTF_8));
          text.setLength(0);
        }
      }
      packed.write(text.toString().getBytes(StandardCharsets.UTF_8));
    }
    return new Bytes(bytes.all());
  }

  private void begin() throws IOException {
    if (isBegun) {
      return;
    }
    isBegun = true;
    String text = rows.begin();
    if (!text.isEmpty()) {
      ByteChunks bytes = new ByteChunks();
      try (OutputStream packed = compression.pack(bytes)) {
        packed.write(text.getBytes(StandardCharsets.UTF_8));
      }
      write(bytes.all());
    }
  }

  private void write(List<byte[]> chunks) {
    for (byte[] chunk : chunks) {
      draft.step(
          "writing rows", () -> operations.write(draft.channel(), ByteBuffer.wrap(chunk), length));
      length += chunk.length;
    }
  }

  @Override
  public void append(Encoded partition) throws IOException {
    begin();
    write(((Bytes) partition).chunks);
  }

  @Override
  public void commit() throws IOException {
    try {
      begin();
      draft.step("flushing the rows", () -> operations.force(draft.channel()));
      draft.publish();
    } catch (IOException | RuntimeException | Error e) {
      draft.discard(e);
      throw e;
    }
    draft.secure();
  }

  @Override
  public void abort() {
    draft.discard(null);
  }
}
