package dev.weft.io;

import dev.weft.core.error.UsageException;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * How an array is written, and what is said of it; what is not given the format chooses.
 *
 * <pre>{@code
 * WriteOptions options = WriteOptions.PLAIN.withDimensions("time", "lat").withAttributes(Map.of("units", "K"));
 * session.computeTo(List.of(t), List.of(ArrayFiles.target(Path.of("t.nc#tas"), options)));
 * }</pre>
 *
 * @param dimensions names of the axes, one each or none at all
 * @param attributes what else is said of the array: texts, finite numbers, truth values, lists of
 *     these
 * @param chunk extents of the chunks of the file
 * @param shard extents of shards, which are parts of the file of several chunks
 * @param compression what is done to the bytes of a chunk
 */
public record WriteOptions(
    List<String> dimensions,
    Map<String, Object> attributes,
    Optional<List<Long>> chunk,
    Optional<List<Long>> shard,
    Optional<Compression> compression) {
  /** Nothing is asked for. */
  public static final WriteOptions PLAIN =
      new WriteOptions(List.of(), Map.of(), Optional.empty(), Optional.empty(), Optional.empty());

  /** What can be asked for. */
  public enum Choice {
    /** Names of the axes. */
    DIMENSIONS("names of axes (--dims)"),
    /** What else is said of the array. */
    ATTRIBUTES("attributes (--attr)"),
    /** Extents of the chunks of the file. */
    CHUNK("chunks of your choice (--out-chunks)"),
    /** Extents of shards. */
    SHARD("shards (--shards)"),
    /** What is done to the bytes of chunks. */
    COMPRESSION("a compression of your choice (--compress)");

    private final String label;

    Choice(String label) {
      this.label = label;
    }
  }

  /**
   * Copies the lists.
   *
   * @throws UsageException when an attribute is of another type, or has no finite value
   */
  public WriteOptions {
    dimensions = List.copyOf(dimensions);
    attributes = plain(attributes);
  }

  /** The same with names of axes, such as {@code "time", "lat", "lon"}. */
  public WriteOptions withDimensions(String... names) {
    return new WriteOptions(List.of(names), attributes, chunk, shard, compression);
  }

  /** The same with what else is said of the array, such as {@code Map.of("units", "K")}. */
  public WriteOptions withAttributes(Map<String, Object> others) {
    return new WriteOptions(dimensions, others, chunk, shard, compression);
  }

  /** The same with chunks of these extents in the file. */
  public WriteOptions withChunk(long... extents) {
    return new WriteOptions(dimensions, attributes, Optional.of(list(extents)), shard, compression);
  }

  /** The same with shards of these extents, multiples of those of chunks. */
  public WriteOptions withShards(long... extents) {
    return new WriteOptions(dimensions, attributes, chunk, Optional.of(list(extents)), compression);
  }

  /** The same with compressed chunks, such as {@code Compression.parse("gzip:5")}. */
  public WriteOptions withCompression(Compression how) {
    return new WriteOptions(dimensions, attributes, chunk, shard, Optional.of(how));
  }

  private static List<Long> list(long[] extents) {
    return Arrays.stream(extents).boxed().toList();
  }

  /**
   * Attributes that files can hold, sorted by their names.
   *
   * @throws UsageException when one is of another type, or has no finite value
   */
  public static Map<String, Object> plain(Map<String, Object> attributes) {
    attributes.forEach(WriteOptions::requirePlain);
    return Collections.unmodifiableMap(new TreeMap<>(attributes));
  }

  private static void requirePlain(String name, Object value) {
    boolean isPlain =
        value instanceof String
            || value instanceof Boolean
            || value instanceof Long
            || value instanceof Integer
            || value instanceof Double number && Double.isFinite(number);
    if (value instanceof List<?> list) {
      list.forEach(each -> requirePlain(name, each));
    } else if (!isPlain) {
      throw new UsageException(
          "attribute %s of an array is %s of type %s; give texts, finite numbers (Integer, Long, Double), truth values or lists of these"
              .formatted(name, value, value.getClass().getSimpleName()));
    }
  }

  /** What is asked for. */
  public Set<Choice> given() {
    Set<Choice> given = EnumSet.noneOf(Choice.class);
    addIf(given, !dimensions.isEmpty(), Choice.DIMENSIONS);
    addIf(given, !attributes.isEmpty(), Choice.ATTRIBUTES);
    addIf(given, chunk.isPresent(), Choice.CHUNK);
    addIf(given, shard.isPresent(), Choice.SHARD);
    addIf(given, compression.isPresent(), Choice.COMPRESSION);
    return given;
  }

  private static void addIf(Set<Choice> given, boolean isGiven, Choice choice) {
    if (isGiven) {
      given.add(choice);
    }
  }

  /**
   * Refuses what a format does not have.
   *
   * @param format what people call it
   * @param known what it has
   * @throws UsageException when more is asked for
   */
  public void requireOnly(ArrayName name, String format, Set<Choice> known) {
    for (Choice choice : given()) {
      if (!known.contains(choice)) {
        throw new UsageException(
            "write %s: %s files are written without %s. Leave that away, or write .zarr"
                .formatted(name, format, choice.label));
      }
    }
  }

  /**
   * Refuses names of axes that are not one for each.
   *
   * @throws UsageException when there are more or less
   */
  public void requireRank(ArrayName name, int rank) {
    if (!dimensions.isEmpty() && dimensions.size() != rank) {
      throw new UsageException(
          "write %s: there are %d names of axes, %s, but the array has %d axes. Give one name for each"
              .formatted(name, dimensions.size(), dimensions, rank));
    }
  }
}
