package dev.weft.table.text;

import dev.weft.io.FormatException;
import dev.weft.io.binary.OpenFile;
import dev.weft.io.file.FileOperations;
import dev.weft.io.file.FileVersion;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * A file of text, perhaps compressed. It is opened anew for every part that is read, so that a
 * table of many files holds none open; each time it must still be what it was at first.
 */
public final class TextFile {
  private static final int SAMPLE_BYTES = 1 << 20;
  private static final int MOST_SAMPLE_BYTES = 64 << 20;
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private static final int FIRST = 4096;

  private final Path path;
  private final TextCompression compression;
  private final FileVersion version;
  private final long size;
  private final long begin;
  private final long firstRow;

  private TextFile(
      Path path, OpenFile open, TextCompression compression, long begin, long firstRow) {
    this.path = path;
    this.compression = compression;
    this.version = open.version();
    this.size = open.size();
    this.begin = begin;
    this.firstRow = firstRow;
  }

  /** A file that exists. */
  public static TextFile of(Path path) {
    TextCompression compression = TextCompression.of(path.toString());
    try (OpenFile open = OpenFile.open(path, FileOperations.SYSTEM)) {
      if (compression != TextCompression.NONE) {
        return new TextFile(path, open, compression, 0, 0);
      }
      byte[] first = new byte[(int) Math.min(FIRST, open.size())];
      open.read(ByteBuffer.wrap(first), 0);
      requireUtf8(path, first);
      int begin =
          first.length >= BYTE_ORDER_MARK.length
                  && Arrays.equals(
                      first, 0, BYTE_ORDER_MARK.length, BYTE_ORDER_MARK, 0, BYTE_ORDER_MARK.length)
              ? BYTE_ORDER_MARK.length
              : 0;
      int row = begin;
      while (row < first.length && (first[row] == '\n' || first[row] == '\r')) {
        row++;
      }
      return new TextFile(path, open, compression, begin, row);
    }
  }

  /** Where it is. */
  public Path path() {
    return path;
  }

  /** Its name for people. */
  public String name() {
    return path.toString();
  }

  /** Bytes of the file as it is stored. */
  public long size() {
    return size;
  }

  /** Whether parts of it can be read; else only all of it. */
  public boolean isSplittable() {
    return compression == TextCompression.NONE;
  }

  /** Where text begins in the file: behind a byte order mark. */
  public long begin() {
    return begin;
  }

  /** Where the first line begins that has something in it. */
  public long firstRow() {
    return firstRow;
  }

  /** All of it as one part. */
  public TextPart whole() {
    return new TextPart(this, begin, size);
  }

  OpenFile open() {
    version.requireSame();
    return OpenFile.open(path, FileOperations.SYSTEM);
  }

  /** The file must be what it was when the table was opened. */
  public void requireSame() {
    version.requireSame();
  }

  /** All of the text, unpacked. */
  public InputStream text() throws IOException {
    return isSplittable() ? text(begin, size) : unpacked().bytes();
  }

  /** A part of a file that is not compressed. */
  InputStream text(long from, long to) {
    return new FileBytes(open(), from, to);
  }

  /**
   * The text of a compressed file.
   *
   * @param packed of the file, which are read as text is
   */
  record Unpacked(FileBytes packed, InputStream bytes) implements AutoCloseable {
    /** How many bytes of the file have been read. */
    long packedBytes() {
      return packed.at();
    }

    @Override
    public void close() throws IOException {
      bytes.close();
    }
  }

  Unpacked unpacked() throws IOException {
    FileBytes packed = new FileBytes(open(), begin, size);
    try {
      return new Unpacked(packed, withoutMark(path, compression.unpack(packed)));
    } catch (IOException | RuntimeException e) {
      packed.close();
      throw e;
    }
  }

  /** Refuses the two bytes a character of Windows: its marks, and ASCII with a zero beside it. */
  private static void requireUtf8(Path path, byte[] first) {
    if (first.length < 2) {
      return;
    }
    int pair = (first[0] & 0xFF) << 8 | first[1] & 0xFF;
    if (pair == 0xFEFF || pair == 0xFFFE || first[0] == 0 ^ first[1] == 0) {
      throw new FormatException(
          path.toString(),
          -1,
          "it is text in UTF-16, and only UTF-8 is read. Convert the file, as in iconv -f utf-16 -t utf-8 FILE");
    }
  }

  private static InputStream withoutMark(Path path, InputStream text) throws IOException {
    InputStream buffered = new java.io.BufferedInputStream(text, 64 << 10);
    buffered.mark(BYTE_ORDER_MARK.length);
    byte[] first = buffered.readNBytes(BYTE_ORDER_MARK.length);
    requireUtf8(path, first);
    if (!Arrays.equals(first, BYTE_ORDER_MARK)) {
      buffered.reset();
    }
    return buffered;
  }

  /** Finds something in the first bytes of a text. */
  @FunctionalInterface
  public interface Sampler<S> {
    /**
     * What was found, if there was enough.
     *
     * @param isWhole whether there are no more bytes; else one is there beyond what is wanted
     */
    Optional<S> of(byte[] text, boolean isWhole);
  }

  /**
   * What is found in the first bytes of the text: first in 1 MiB, then in always more.
   *
   * @param tooLong what is wrong where 64 MiB are not enough, with a place for the number of bytes
   * @throws FormatException when there is nothing in it
   */
  public <S> S sample(String tooLong, Sampler<S> sampler) {
    for (int bytes = SAMPLE_BYTES; ; bytes *= 8) {
      byte[] text = first(bytes);
      boolean isWhole = text.length <= bytes;
      Optional<S> found = sampler.of(text, isWhole);
      if (found.isPresent()) {
        return found.get();
      }
      if (isWhole) {
        throw new FormatException(
            name(), -1, "there is nothing to read in it: it is empty. Check the file");
      }
      if (bytes >= MOST_SAMPLE_BYTES) {
        throw new FormatException(name(), -1, tooLong.formatted(MOST_SAMPLE_BYTES));
      }
    }
  }

  /** At most so many bytes, and one more where there are more. */
  private byte[] first(int most) {
    try (InputStream text = text()) {
      return text.readNBytes(most + 1);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** What a compressed file that cannot be unpacked is. */
  public FormatException unreadable(IOException e) {
    String reason =
        e instanceof EOFException || e.getMessage() == null ? "it ends too early" : e.getMessage();
    return new FormatException(
        name(), -1, "it cannot be unpacked: %s. Copy or write the file again".formatted(reason));
  }

  /** The line, from 1, at which a part of the text begins. */
  long lineAt(long offset) {
    long line = 1;
    byte[] window = new byte[256 << 10];
    try (InputStream text = text()) {
      boolean isAfterReturn = false;
      long left = offset - begin;
      while (left > 0) {
        int length = text.readNBytes(window, 0, (int) Math.min(window.length, left));
        left = length == 0 ? 0 : left - length;
        for (int i = 0; i < length; i++) {
          byte b = window[i];
          line += b == '\r' || b == '\n' && !isAfterReturn ? 1 : 0;
          isAfterReturn = b == '\r';
        }
      }
    } catch (IOException e) {
      throw unreadable(e);
    }
    return line;
  }
}
