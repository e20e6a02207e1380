package dev.weft.cli.job;

import dev.weft.cli.output.Json;
import dev.weft.core.shape.Chunks;
import dev.weft.io.ArrayEntry;
import dev.weft.io.ArrayFiles;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a file says about the arrays in it.
 *
 * @param file the file, as it was named
 */
public record FileListing(Path file, List<ArrayEntry> entries) {
  private static final List<String> HEAD = List.of("NAME", "TYPE", "SHAPE", "CHUNKS", "KEPT AS");
  private static final String UNNAMED = "-";

  /**
   * The arrays in a file; reads no elements.
   *
   * @throws dev.weft.core.error.UsageException when it is of no format that is known
   */
  public static FileListing of(Path file) {
    return new FileListing(file, ArrayFiles.list(file));
  }

  /** A table, a row for each array. */
  public void print(PrintStream out, boolean withName) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(HEAD);
    for (ArrayEntry entry : entries) {
      rows.add(
          List.of(
              name(entry),
              visible(entry.type()) + (entry.isReadable() ? "" : " (not read)"),
              entry.shape().toString(),
              entry.chunks().map(Chunks::toString).orElse(UNNAMED),
              entry.encoding().isEmpty() ? "plain" : visible(entry.encoding())));
    }
    if (withName) {
      out.println(file + ":");
    }
    int[] widths = new int[HEAD.size()];
    for (List<String> row : rows) {
      for (int column = 0; column < widths.length; column++) {
        widths[column] = Math.max(widths[column], row.get(column).length());
      }
    }
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < widths.length; column++) {
        String cell = row.get(column);
        line.append(cell).append(" ".repeat(widths[column] - cell.length() + 2));
      }
      out.println(line.toString().stripTrailing());
    }
  }

  private static String name(ArrayEntry entry) {
    return entry.name().isEmpty() ? UNNAMED : visible(entry.name());
  }

  /** Text of a file, which may hold what steers terminals. */
  private static String visible(String text) {
    return text.replaceAll("\\p{Cntrl}", "\uFFFD");
  }

  /** All that is known of each array: dimensions and attributes too. */
  public void describe(PrintStream out) {
    for (ArrayEntry entry : entries) {
      out.println(entry.name().isEmpty() ? file.toString() : file + ": " + name(entry));
      row(out, "type", entry.type() + (entry.isReadable() ? "" : ", which is not read"));
      row(out, "shape", entry.shape().toString());
      if (!entry.dimensions().isEmpty()) {
        row(out, "dimensions", String.join(", ", entry.dimensions()));
      }
      entry.chunks().ifPresent(chunks -> row(out, "chunks", chunks.toString()));
      row(out, "kept as", entry.encoding().isEmpty() ? "plain" : entry.encoding());
      entry.attributes().forEach((key, value) -> row(out, key, value));
    }
  }

  private static void row(PrintStream out, String key, String value) {
    String shown = visible(key);
    out.println("  " + shown + " ".repeat(Math.max(1, 14 - shown.length())) + visible(value));
  }

  /** Listings as JSON. */
  public static String json(List<FileListing> listings) {
    List<Map<String, Object>> files = new ArrayList<>();
    for (FileListing listing : listings) {
      List<Map<String, Object>> arrays = new ArrayList<>();
      for (ArrayEntry entry : listing.entries) {
        Map<String, Object> array = new LinkedHashMap<>();
        array.put("name", entry.name());
        array.put("type", entry.type());
        array.put("readable", entry.isReadable());
        array.put("shape", numbers(entry.shape().extents()));
        entry.chunks().ifPresent(chunks -> array.put("chunks", chunks.toString()));
        array.put("encoding", entry.encoding());
        array.put("dimensions", entry.dimensions());
        array.put("attributes", entry.attributes());
        arrays.add(array);
      }
      files.add(Map.of("file", listing.file.toString(), "arrays", arrays));
    }
    return Json.text(files);
  }

  private static List<Long> numbers(long[] values) {
    List<Long> numbers = new ArrayList<>();
    for (long value : values) {
      numbers.add(value);
    }
    return numbers;
  }
}
