package dev.weft.table.text;

import com.github.luben.zstd.ZstdInputStream;
import com.github.luben.zstd.ZstdOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** How the bytes of a file of text are packed, which the ending of its name tells. */
public enum TextCompression {
  /** Not at all. */
  NONE(""),
  /** By gzip; several members one after the other are one text. */
  GZIP(".gz"),
  /** By Zstandard; several frames one after the other are one text. */
  ZSTD(".zst");

  private static final int BUFFER = 64 << 10;

  private final String ending;

  TextCompression(String ending) {
    this.ending = ending;
  }

  /** The compression of a file of this name. */
  public static TextCompression of(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(GZIP.ending) ? GZIP : lower.endsWith(ZSTD.ending) ? ZSTD : NONE;
  }

  /** The name without the ending of the compression. */
  public String without(String name) {
    return name.substring(0, name.length() - ending.length());
  }

  InputStream unpack(InputStream bytes) throws IOException {
    return switch (this) {
      case NONE -> bytes;
      case GZIP -> new GZIPInputStream(bytes, BUFFER);
      case ZSTD -> new ZstdInputStream(bytes);
    };
  }

  OutputStream pack(OutputStream bytes) throws IOException {
    return switch (this) {
      case NONE -> bytes;
      case GZIP -> new FastGzip(bytes);
      case ZSTD -> new ZstdOutputStream(bytes);
    };
  }

  /** A little larger than usual, in a third of the time. */
  private static final class FastGzip extends GZIPOutputStream {
    private static final int LEVEL = 3;

    FastGzip(OutputStream bytes) throws IOException {
      super(bytes, BUFFER);
      def.setLevel(LEVEL);
    }
  }
}
