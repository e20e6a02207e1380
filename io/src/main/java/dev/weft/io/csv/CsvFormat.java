package dev.weft.io.csv;

import dev.weft.core.expr.ArraySource;
import dev.weft.core.expr.ArrayTarget;
import dev.weft.core.shape.Shape;
import dev.weft.io.ArrayEntry;
import dev.weft.io.ArrayName;
import dev.weft.io.FileFormat;
import dev.weft.io.binary.OpenFile;
import dev.weft.io.file.AtomicFile;
import dev.weft.io.file.FileOperations;
import dev.weft.io.file.WholeTarget;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Tables of numbers as text among the other formats. Such files are known by their names: any text
 * could be one.
 */
public final class CsvFormat implements FileFormat {
  private static final String TABS = "tsv";

  @Override
  public String name() {
    return "CSV";
  }

  @Override
  public List<String> extensions() {
    return List.of("csv", TABS);
  }

  @Override
  public boolean recognizes(Path file, byte[] begin) {
    return isNamed(file) && isText(begin);
  }

  private boolean isNamed(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    return extensions().stream().anyMatch(extension -> name.endsWith("." + extension));
  }

  private static boolean isText(byte[] begin) {
    for (byte b : begin) {
      if (b >= 0 && b < ' ' && b != '\n' && b != '\r' && b != '\t') {
        return false;
      }
    }
    return begin.length > 0;
  }

  @Override
  public boolean isRanged() {
    return true;
  }

  @Override
  public ArraySource open(ArrayName name) {
    OpenFile file = OpenFile.open(name.file(), FileOperations.SYSTEM);
    try {
      return new CsvSource(CsvTable.of(file), name.inside());
    } catch (RuntimeException e) {
      file.close();
      throw e;
    }
  }

  /** The whole table under no name, then its columns. */
  @Override
  public List<ArrayEntry> list(Path path) {
    try (OpenFile file = OpenFile.open(path, FileOperations.SYSTEM)) {
      CsvTable table = CsvTable.of(file);
      List<ArrayEntry> entries = new ArrayList<>();
      entries.add(entry("", Shape.of(table.rows(), table.columns())));
      for (String column : table.names()) {
        entries.add(entry(column, Shape.of(table.rows())));
      }
      return entries;
    }
  }

  private static ArrayEntry entry(String name, Shape shape) {
    return new ArrayEntry(
        name, "float64", true, shape, Optional.empty(), "text", List.of(), Map.of());
  }

  @Override
  public ArrayTarget create(ArrayName name) {
    return create(name, FileOperations.SYSTEM);
  }

  /** The same, through these operations. */
  public static ArrayTarget create(ArrayName name, FileOperations operations) {
    Path path = name.alone();
    boolean tabs = path.toString().toLowerCase(Locale.ROOT).endsWith("." + TABS);
    return new WholeTarget(
        AtomicFile.at(path, operations, "result.csv"),
        operations,
        new CsvEncoding(tabs ? '\t' : ','));
  }
}
