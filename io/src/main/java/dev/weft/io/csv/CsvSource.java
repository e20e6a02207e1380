package dev.weft.io.csv;

import dev.weft.core.dtype.DType;
import dev.weft.core.expr.Identity;
import dev.weft.core.shape.AxisChunks;
import dev.weft.core.shape.Chunks;
import dev.weft.core.shape.Region;
import dev.weft.core.shape.Shape;
import dev.weft.io.SourceVersion;
import dev.weft.io.VersionedSource;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The numbers of a table, or of one of its columns, as float64. */
final class CsvSource implements VersionedSource {
  private static final int ALL = -1;

  private final CsvTable table;
  private final String name;
  private final int column;

  /**
   * A table of an open file, which is closed with it.
   *
   * @param name of a column; empty of all
   */
  CsvSource(CsvTable table, String name) {
    this.table = table;
    this.name = name;
    this.column = name.isEmpty() ? ALL : table.column(name);
  }

  @Override
  public Shape shape() {
    return column == ALL ? Shape.of(table.rows(), table.columns()) : Shape.of(table.rows());
  }

  @Override
  public DType dtype() {
    return DType.FLOAT64;
  }

  @Override
  public String description() {
    return name.isEmpty() ? table.file().name() : table.file().name() + "#" + name;
  }

  @Override
  public Optional<Chunks> chunks() {
    AxisChunks rows = table.cuts();
    return Optional.of(
        new Chunks(
            column == ALL
                ? List.of(rows, AxisChunks.regular(table.columns(), table.columns()))
                : List.of(rows)));
  }

  @Override
  public SourceVersion version() {
    return table.file().version();
  }

  @Override
  public @Nullable Identity identity() {
    return table.file().identity(name);
  }

  @Override
  public void read(Region region, MemorySegment target) {
    table.file().requireOpen();
    if (region.size() == 0) {
      return;
    }
    long first = region.start()[0];
    long end = first + region.extents()[0];
    int from = column == ALL ? (int) region.start()[1] : column;
    int width = column == ALL ? (int) region.extents()[1] : 1;
    int block = table.blocks().find(first + table.headerRows());
    while (block < table.blocks().blockCount()
        && table.blocks().firstRow(block) - table.headerRows() < end) {
      table.read(
          block,
          (row, at, value) -> {
            if (row >= first && row < end && at >= from && at < from + width) {
              long element = (row - first) * width + at - from;
              target.set(ValueLayout.JAVA_DOUBLE_UNALIGNED, element * Double.BYTES, value);
            }
          });
      block++;
    }
  }

  @Override
  public Runnable lease() {
    return table.file().lease();
  }

  @Override
  public void close() {
    table.file().close();
  }
}
