package dev.weft.table.text;

import java.io.IOException;

/**
 * The parts of a compressed file, which are cut while it is unpacked. How many there are is said by
 * the ratio of the first bytes; all parts but the last have their share of the text, and the last
 * has the rest, whatever that is.
 *
 * @param isQuoting whether fields that begin with quotes may have line ends in them
 * @param begin where the first row begins in the text
 * @param partBytes of text in each part but the last
 * @param textBytes about how long the text is
 */
record PackedParts(
    TextFile file,
    boolean isQuoting,
    char separator,
    long begin,
    long partBytes,
    long textBytes,
    int count)
    implements TextParts {
  /** So many times longer is text at most, when parts are counted: else most would be empty. */
  private static final int MOST_PACKED = 20;

  /** Mostly. */
  private static final int PACKED = 4;

  private static final int SAMPLE = 1 << 20;

  PackedParts(
      TextFile file, boolean isQuoting, char separator, boolean isAtFirstRow, long partBytes) {
    this(file, isQuoting, separator, partBytes, sampled(file, isAtFirstRow, partBytes));
  }

  private PackedParts(
      TextFile file, boolean isQuoting, char separator, long partBytes, Sample sample) {
    this(
        file,
        isQuoting,
        separator,
        sample.begin,
        partBytes,
        sample.textBytes,
        Math.toIntExact(Math.max(1, (sample.textBytes - sample.begin) / partBytes)));
  }

  /** Where rows begin, and how long the text may be. */
  private record Sample(long begin, long textBytes) {}

  private static Sample sampled(TextFile file, boolean isAtFirstRow, long partBytes) {
    if (file.size() <= partBytes / MOST_PACKED) {
      // One part, whatever is in it: of many small files none is opened for this.
      return new Sample(0, file.size() * PACKED);
    }
    try (TextFile.Unpacked text = file.unpacked()) {
      byte[] first = text.bytes().readNBytes(SAMPLE);
      int row = 0;
      while (isAtFirstRow && row < first.length && (first[row] == '\n' || first[row] == '\r')) {
        row++;
      }
      double ratio = (double) first.length / Math.max(1, text.packedBytes());
      long most = Math.multiplyExact(file.size(), MOST_PACKED);
      return new Sample(row, (long) Math.min(most, file.size() * ratio));
    } catch (IOException e) {
      throw file.unreadable(e);
    }
  }

  @Override
  public TextPieces pieces() {
    return new PackedPieces(this);
  }
}
