package dev.weft.io.zarr;

import dev.weft.io.file.FileOperations;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/**
 * The file in which an unfinished store says what it is of and which chunks are complete. Each line
 * begins with its own checksum: one that a crash has cut, or filled with zeros, counts as not
 * written. A chunk is named with size and checksum of its bytes.
 */
final class FinishedChunks implements AutoCloseable {
  private static final String FACT = "fact ";
  private static final String CHUNK = "chunk ";

  /** Hexadecimal digits of a checksum, and a space. */
  private static final int SUM = 9;

  private final FileOperations operations;
  private final FileChannel channel;
  private long end;

  /**
   * A chunk that was written.
   *
   * @param size bytes; 0 where it is all zeros and left out
   * @param sum CRC32C of the bytes
   */
  record Chunk(long size, int sum) {}

  /** What a file says. */
  record Content(Map<String, String> facts, Map<String, Chunk> chunks) {}

  private FinishedChunks(FileOperations operations, FileChannel channel, long end) {
    this.operations = operations;
    this.channel = channel;
    this.end = end;
  }

  /** Begins a file. */
  static FinishedChunks create(Path file, Map<String, String> facts, FileOperations operations)
      throws IOException {
    FinishedChunks made = new FinishedChunks(operations, operations.create(file), 0);
    StringBuilder lines = new StringBuilder();
    facts.forEach((name, value) -> lines.append(line(FACT + plain(name) + "=" + plain(value))));
    made.append(lines.toString());
    return made;
  }

  /** Goes on with a file; a line that was cut is ended. */
  static FinishedChunks append(Path file, FileOperations operations) throws IOException {
    FileChannel channel = operations.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    FinishedChunks more = new FinishedChunks(operations, channel, operations.size(channel));
    more.append("\n");
    return more;
  }

  /** Reads a file; lines that are damaged are left out. */
  static Content read(Path file) throws IOException {
    Map<String, String> facts = new TreeMap<>();
    Map<String, Chunk> chunks = new LinkedHashMap<>();
    for (String line : new String(Files.readAllBytes(file), StandardCharsets.UTF_8).split("\n")) {
      if (line.length() <= SUM || !line(line.substring(SUM)).equals(line + "\n")) {
        continue;
      }
      String text = line.substring(SUM);
      if (text.startsWith(FACT)) {
        int equals = text.indexOf('=');
        facts.put(text.substring(FACT.length(), equals), text.substring(equals + 1));
      } else if (text.startsWith(CHUNK)) {
        String[] words = text.split(" ", 4);
        chunks.put(
            words[3], new Chunk(Long.parseLong(words[1]), Integer.parseUnsignedInt(words[2], 16)));
      }
    }
    return new Content(facts, chunks);
  }

  /** Facts as they are in a file: a line each. */
  static Map<String, String> plain(Map<String, String> facts) {
    Map<String, String> plain = new TreeMap<>();
    facts.forEach((name, value) -> plain.put(plain(name), plain(value)));
    return plain;
  }

  private static String plain(String text) {
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
  }

  private static String line(String text) {
    CRC32C sum = new CRC32C();
    sum.update(text.getBytes(StandardCharsets.UTF_8));
    return "%08x %s%n".formatted((int) sum.getValue(), text).replace("\r", "");
  }

  /** A chunk is complete. */
  void add(String key, Chunk chunk) throws IOException {
    append(line("%s%d %08x %s".formatted(CHUNK, chunk.size, chunk.sum, key)));
  }

  private synchronized void append(String lines) throws IOException {
    byte[] bytes = lines.getBytes(StandardCharsets.UTF_8);
    operations.write(channel, ByteBuffer.wrap(bytes), end);
    end += bytes.length;
  }

  @Override
  public void close() {
    operations.release(channel);
  }
}
