package dev.weft.core.bag;

import dev.weft.core.error.UsageException;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Lines of text files, in blocks that are read independently: a line belongs to the block in which
 * its first byte lies. Lines end with LF or CR LF; text is UTF-8.
 */
final class TextBlocks {
  private static final int BUFFER = 1 << 16;

  private TextBlocks() {}

  /** The blocks of a file, at least one. */
  static List<Partition<String>> of(Path file, long blockBytes) {
    if (blockBytes < 1) {
      throw new UsageException(
          "blocks of %,d bytes; give at least 1, and some megabytes for speed"
              .formatted(blockBytes));
    }
    long size;
    try {
      size = Files.size(file);
    } catch (IOException e) {
      throw new UsageException(
          "the file %s cannot be read (%s); check the path and its permissions"
              .formatted(file, e.getMessage()));
    }
    List<Partition<String>> blocks = new ArrayList<>();
    long start = 0;
    do {
      long end = blockBytes < size - start ? start + blockBytes : size;
      blocks.add(new Block(file, start, end));
      start = end;
    } while (start < size);
    return blocks;
  }

  /** The lines that begin at these bytes. */
  private record Block(Path file, long from, long end) implements Partition<String> {
    @Override
    public Stream<String> open() throws IOException {
      return lines(file, from, end);
    }

    @Override
    public String toString() {
      return String.format(Locale.ROOT, "%s, bytes %,d to %,d", file.getFileName(), from, end);
    }
  }

  private static Stream<String> lines(Path file, long from, long end) throws IOException {
    FileChannel channel = FileChannel.open(file);
    try {
      // A line begins at a byte when the one before it ends a line.
      long position = Math.max(0, from - 1);
      channel.position(position);
      InputStream in = new BufferedInputStream(Channels.newInputStream(channel), BUFFER);
      Lines lines = new Lines(file, in, position, end);
      if (from > 0) {
        lines.skip();
      }
      return StreamSupport.stream(
              Spliterators.spliteratorUnknownSize(lines, Spliterator.ORDERED), false)
          .onClose(() -> close(channel));
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static void close(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The lines that begin before the end. */
  private static final class Lines implements Iterator<String> {
    private final Path file;
    private final InputStream in;
    private final long end;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private long position;
    private @Nullable String next;

    Lines(Path file, InputStream in, long position, long end) {
      this.file = file;
      this.in = in;
      this.position = position;
      this.end = end;
    }

    /** Passes over the rest of a line. */
    void skip() throws IOException {
      int value = read();
      while (value >= 0 && value != '\n') {
        value = read();
      }
    }

    private int read() throws IOException {
      int value = in.read();
      position += value < 0 ? 0 : 1;
      return value;
    }

    @Override
    public boolean hasNext() {
      if (next == null && position < end) {
        try {
          next = line();
        } catch (IOException e) {
          throw new Steps.Thrown(e);
        }
      }
      return next != null;
    }

    @Override
    public String next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      String text = Objects.requireNonNull(next);
      next = null;
      return text;
    }

    private @Nullable String line() throws IOException {
      long start = position;
      line.reset();
      int value = read();
      if (value < 0) {
        return null;
      }
      while (value >= 0 && value != '\n') {
        line.write(value);
        value = read();
      }
      byte[] bytes = line.toByteArray();
      boolean returned = value >= 0 && bytes.length > 0 && bytes[bytes.length - 1] == '\r';
      return decoded(bytes, bytes.length - (returned ? 1 : 0), start);
    }

    private String decoded(byte[] bytes, int length, long start) throws IOException {
      try {
        return StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT)
            .decode(ByteBuffer.wrap(bytes, 0, length))
            .toString();
      } catch (CharacterCodingException e) {
        throw new IOException(
            "%s: the line at byte %,d is not UTF-8; convert the file, for example with iconv"
                .formatted(file, start),
            e);
      }
    }
  }
}
