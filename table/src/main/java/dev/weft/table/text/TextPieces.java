package dev.weft.table.text;

import java.io.IOException;
import java.io.InputStream;

/** Opens the parts of a text. Safe for many threads; closed when no more of them are wanted. */
public interface TextPieces extends AutoCloseable {
  /**
   * A part and its bytes.
   *
   * @param part where it is in the text
   * @param bytes to be closed by whoever opened it
   */
  record Piece(TextPart part, InputStream bytes) {}

  /**
   * Opens a part.
   *
   * @throws IOException when it cannot be read; it may be tried again
   */
  Piece open(int part) throws IOException;

  @Override
  void close();
}
