package dev.weft.table.source;

import dev.weft.core.error.UsageException;
import dev.weft.core.text.Suggestions;
import dev.weft.io.object.Addresses;
import dev.weft.io.object.ObjectLookups;
import dev.weft.io.stack.FilePattern;
import dev.weft.table.column.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/** Files of tables of all formats, which are told by how names end. */
public final class TableFiles {
  private static final int MOST_NAMES = 10_000;

  private TableFiles() {}

  /**
   * The rows of a file, or of all files of a pattern.
   *
   * @param path of a file, or with {@code *}, {@code ?}, {@code [a-z]} or {@code {a,b}} in it; or
   *     several with commas between them
   * @throws UsageException when there is none, or none of the formats reads it
   */
  public static TableSource open(Path path, TableReading options) {
    Addresses.requireWhole(path);
    return ObjectLookups.once(
        () -> open(FilePattern.is(path) ? FilePattern.files(path) : List.of(path), options));
  }

  /** The rows of files, one after the other. All are of the same format and the same columns. */
  public static TableSource open(List<Path> files, TableReading options) {
    if (files.isEmpty()) {
      throw new UsageException("read a table: no files are given. Name one or more");
    }
    files.forEach(TableFiles::requireFile);
    TableFormat format = format(files.getFirst(), "read");
    for (Path file : files) {
      TableFormat other = format(file, "read");
      if (other != format && !other.name().equals(format.name())) {
        throw new UsageException(
            "read %s: it is %s, and %s is %s. Read files of one format together"
                .formatted(file, other.name(), files.getFirst(), format.name()));
      }
    }
    if (options.partitionBytes() < 1) {
      throw new UsageException(
          "partitionBytes is %,d; it must be 1 or more".formatted(options.partitionBytes()));
    }
    return format.open(files, options);
  }

  /** A writer of a new file, in place of what is there. */
  public static TableWriter create(Path file, Schema schema, TableWriting options) {
    Addresses.requireWhole(file);
    return format(file, "write").create(file, schema, options);
  }

  private static void requireFile(Path file) {
    if (Files.isDirectory(file)) {
      throw new UsageException(
          "read %s: this is a directory. Name its files, as in %s"
              .formatted(file, file.resolve("*.csv")));
    }
    if (!Files.exists(file)) {
      throw new UsageException("read %s: there is no such file%s".formatted(file, near(file)));
    }
  }

  /** Files beside it with names that may have been meant. */
  private static String near(Path file) {
    Path parent = file.toAbsolutePath().getParent();
    if (parent == null || !Files.isDirectory(parent)) {
      return ", and no folder %s. Check the path".formatted(parent);
    }
    try (Stream<Path> names = Files.list(parent)) {
      String near =
          Suggestions.didYouMean(
              String.valueOf(file.getFileName()),
              names
                  .limit(MOST_NAMES)
                  .map(path -> String.valueOf(path.getFileName()))
                  .sorted()
                  .toList());
      return near.isEmpty() ? ". Check the path" : near;
    } catch (IOException e) {
      // Only a hint is missed.
      return ". Check the path";
    }
  }

  private static TableFormat format(Path file, String what) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    List<String> endings = new ArrayList<>();
    Optional<TableFormat> best = Optional.empty();
    int longest = 0;
    for (TableFormat format : formats()) {
      endings.addAll(format.extensions());
      for (String extension : format.extensions()) {
        if (name.endsWith("." + extension) && extension.length() > longest) {
          best = Optional.of(format);
          longest = extension.length();
        }
      }
    }
    return best.orElseThrow(
        () ->
            new UsageException(
                "%s %s: no format of tables has files with this ending; there are %s. Rename the file, or convert it"
                    .formatted(what, file, String.join(", ", endings))));
  }

  /** All formats that are there. */
  public static List<TableFormat> formats() {
    return ServiceLoader.load(TableFormat.class).stream().map(ServiceLoader.Provider::get).toList();
  }
}
