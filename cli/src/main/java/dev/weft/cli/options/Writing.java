package dev.weft.cli.options;

import dev.weft.cli.options.Syntax.Option;
import dev.weft.core.error.UsageException;
import dev.weft.core.shape.Shape;
import dev.weft.io.Compression;
import dev.weft.io.WriteOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The options that say how results are written to files. */
public final class Writing {
  private static final String CHUNKS = "--out-chunks";
  private static final String SHARDS = "--shards";
  private static final String COMPRESS = "--compress";
  private static final String DIMENSIONS = "--dims";
  private static final String ATTRIBUTE = "--attr";

  /** They may be given for all results, or for one by its name in the job. */
  public static final List<Option> OPTIONS =
      List.of(
          repeated(
              CHUNKS,
              "[NAME=]SPEC",
              "chunk lengths of the file that is written: 1000 or 100,500; -1 is a whole axis"),
          repeated(
              SHARDS,
              "[NAME=]SPEC",
              "chunks of a .zarr in files of this shape, multiples of --out-chunks"),
          repeated(
              COMPRESS,
              "[NAME=]CODEC",
              "compress chunks that are written: zstd, zstd:9, gzip:5 (with a level) or none; for .zarr and .h5"),
          repeated(
              DIMENSIONS,
              "[NAME=]NAMES",
              "names of the axes, such as time,lat,lon; for .zarr and .nc"),
          repeated(
              ATTRIBUTE,
              "[NAME:]KEY=VALUE",
              "what else the file says of the array, such as units=K or valid_range=[0,100]; for .zarr, .nc and .h5"));

  private static Option repeated(String name, String label, String description) {
    return new Option(List.of(name), label, true, description);
  }

  /** By option what is asked for by name of a result; the name is empty for all. */
  private final Map<String, Map<String, String>> asked = new LinkedHashMap<>();

  private final Map<String, Map<String, Object>> attributes = new HashMap<>();

  private Writing() {}

  /**
   * What the options ask for.
   *
   * @param results the names of those that are written to files
   * @throws UsageException when an option asks for what is not written, or twice
   */
  public static Writing of(Words words, List<String> results) {
    Writing writing = new Writing();
    for (Option option : OPTIONS) {
      String key = option.key();
      if (words.has(key) && results.isEmpty()) {
        throw new UsageException(
            "%s says how a file is written, but none is. Add -o FILE or --out NAME=FILE"
                .formatted(key));
      }
      for (String word : words.values(key)) {
        writing.add(key, word, results);
      }
    }
    return writing;
  }

  private void add(String option, String word, List<String> results) {
    boolean isAttribute = option.equals(ATTRIBUTE);
    int equals = word.indexOf('=');
    String before = equals < 0 ? "" : word.substring(0, equals);
    int mark = isAttribute ? before.indexOf(':') : equals;
    String name = mark < 0 ? "" : word.substring(0, mark);
    String rest = word.substring(mark + 1);
    if (mark == 0 || isAttribute && equals <= mark + 1) {
      throw new UsageException(
          "%s is '%s'; write %s"
              .formatted(option, word, isAttribute ? "KEY=VALUE" : "SPEC or NAME=SPEC"));
    }
    if (!name.isEmpty() && !results.contains(name)) {
      throw new UsageException(
          "%s is '%s', but no result of that name is written; there %s %s"
              .formatted(option, word, results.size() == 1 ? "is" : "are", results));
    }
    if (isAttribute) {
      addAttribute(
          name, rest.substring(0, rest.indexOf('=')), rest.substring(rest.indexOf('=') + 1));
    } else if (asked.computeIfAbsent(option, key -> new HashMap<>()).put(name, rest) != null) {
      throw new UsageException(
          "%s of %s is given twice".formatted(option, name.isEmpty() ? "all results" : name));
    }
  }

  private void addAttribute(String name, String key, String value) {
    Map<String, Object> of = attributes.computeIfAbsent(name, each -> new TreeMap<>());
    if (of.put(key, AttributeText.parse(value)) != null) {
      throw new UsageException("%s %s is given twice".formatted(ATTRIBUTE, key));
    }
  }

  private @Nullable String asked(String option, String result) {
    Map<String, String> byName = asked.getOrDefault(option, Map.of());
    return byName.getOrDefault(result, byName.get(""));
  }

  /**
   * How a result is written.
   *
   * @param name its name in the job
   * @throws UsageException when lengths are none, or do not fit its axes
   */
  public WriteOptions options(String name, Shape shape) {
    WriteOptions options = WriteOptions.PLAIN;
    String chunks = asked(CHUNKS, name);
    if (chunks != null) {
      options = options.withChunk(extents(CHUNKS, chunks, shape));
    }
    String shards = asked(SHARDS, name);
    if (shards != null) {
      options = options.withShards(extents(SHARDS, shards, shape));
    }
    String compression = asked(COMPRESS, name);
    if (compression != null) {
      options = options.withCompression(Compression.parse(compression));
    }
    String dimensions = asked(DIMENSIONS, name);
    if (dimensions != null) {
      options = options.withDimensions(names(dimensions));
    }
    Map<String, Object> all = new TreeMap<>(attributes.getOrDefault("", Map.of()));
    all.putAll(attributes.getOrDefault(name, Map.of()));
    return options.withAttributes(all);
  }

  private static String[] names(String text) {
    String[] names = Arrays.stream(text.split(",", -1)).map(String::strip).toArray(String[]::new);
    if (Arrays.stream(names).anyMatch(String::isEmpty)) {
      throw new UsageException(
          "%s is '%s'; write a name for each axis, such as time,lat,lon"
              .formatted(DIMENSIONS, text));
    }
    return names;
  }

  /** One length is for all axes, as in {@code --chunks}; -1 is that of the axis. */
  private static long[] extents(String option, String text, Shape shape) {
    List<Long> lengths = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      String length = part.strip();
      if (!length.matches("-1|[1-9][0-9]{0,17}")) {
        throw new UsageException(
            "%s is '%s'; write lengths of 1 or more such as 1000 or 100,500, or -1 for a whole axis"
                .formatted(option, text));
      }
      lengths.add(Long.parseLong(length));
    }
    if (lengths.size() != 1 && lengths.size() != shape.rank()) {
      throw new UsageException(
          "%s is '%s', %d lengths, but the result has shape %s; write one length, or one for each axis"
              .formatted(option, text, lengths.size(), shape));
    }
    long[] extents = shape.extents();
    for (int axis = 0; axis < extents.length; axis++) {
      long length = lengths.get(lengths.size() == 1 ? 0 : axis);
      extents[axis] = length < 0 ? Math.max(1, extents[axis]) : length;
    }
    return extents;
  }
}
