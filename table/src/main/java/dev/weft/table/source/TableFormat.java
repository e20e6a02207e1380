package dev.weft.table.source;

import dev.weft.table.column.Schema;
import java.nio.file.Path;
import java.util.List;

/**
 * A format of files of tables. Formats are found by {@link java.util.ServiceLoader}: to add one,
 * implement this and name the class in {@code META-INF/services/dev.weft.table.source.TableFormat};
 * it needs a public constructor without parameters.
 */
public interface TableFormat {
  /** What people call it, such as {@code csv}. */
  String name();

  /** How names of its files end, without dots and in lower case; the usual one first. */
  List<String> extensions();

  /**
   * The rows of files, one after the other in this order, all of the same columns.
   *
   * @param files one or more, each of which exists
   * @throws dev.weft.core.error.WeftException when one is damaged, or columns differ
   */
  TableSource open(List<Path> files, TableReading options);

  /**
   * A writer of a new file, in place of what is there.
   *
   * @param options what the user asked for, such as {@code separator}; refuses what it does not
   *     know
   */
  TableWriter create(Path file, Schema schema, TableWriting options);
}
