package dev.weft.io.parquet;

import dev.hardwood.internal.reader.Page;
import dev.weft.core.dtype.DType;
import dev.weft.core.expr.ArraySource;
import dev.weft.core.expr.Identity;
import dev.weft.core.shape.AxisChunks;
import dev.weft.core.shape.Chunks;
import dev.weft.core.shape.Region;
import dev.weft.core.shape.Shape;
import dev.weft.core.text.Elements;
import dev.weft.io.DecodableSource;
import dev.weft.io.FormatException;
import dev.weft.io.SourceVersion;
import dev.weft.io.VersionedSource;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The numbers of a column, whose row groups are chunks. */
final class ParquetSource implements DecodableSource, VersionedSource {
  private final ParquetFile parquet;
  private final String name;
  private final DType dtype;
  private final AxisChunks rows;
  private final List<ColumnPages> groups;
  private final long missing;
  private final boolean isDecoded;

  /**
   * A column of an open file, which is closed with it.
   *
   * @param missing how many elements are, as far as the file says
   * @param isDecoded whether those are NaN, which only floating point has
   */
  ParquetSource(
      ParquetFile parquet,
      String name,
      DType dtype,
      AxisChunks rows,
      List<ColumnPages> groups,
      long missing,
      boolean isDecoded) {
    this.parquet = parquet;
    this.name = name;
    this.dtype = dtype;
    this.rows = rows;
    this.groups = groups;
    this.missing = missing;
    this.isDecoded = isDecoded;
  }

  @Override
  public Shape shape() {
    return Shape.of(rows.extent());
  }

  @Override
  public DType dtype() {
    return dtype;
  }

  @Override
  public String description() {
    return parquet.file().name() + "#" + name;
  }

  @Override
  public ArraySource decoded() {
    return dtype.isFloating()
        ? new ParquetSource(parquet, name, dtype, rows, groups, missing, true)
        : this;
  }

  @Override
  public Optional<Chunks> chunks() {
    return Optional.of(new Chunks(List.of(rows)));
  }

  @Override
  public SourceVersion version() {
    return parquet.file().version();
  }

  @Override
  public @Nullable Identity identity() {
    return parquet.file().identity(isDecoded ? name + " decoded" : name);
  }

  @Override
  public void read(Region region, MemorySegment target) {
    parquet.file().requireOpen();
    if (region.size() == 0) {
      return;
    }
    long from = region.start()[0];
    long to = from + region.extents()[0];
    for (int group = rows.find(from); group < groups.size() && rows.offset(group) < to; group++) {
      long first = rows.offset(group);
      groups
          .get(group)
          .read(
              Math.max(0, from - first),
              Math.min(rows.offset(group + 1), to) - first,
              (row, page) -> copy(page, first + row, from, to, target));
    }
  }

  /** Copies the elements of a page that are wanted; {@code row} is its first. */
  private void copy(Page page, long row, long from, long to, MemorySegment target) {
    int begin = (int) Math.max(0, from - row);
    int end = (int) Math.min(page.size(), to - row);
    long shift = row - from;
    if (!isDecoded) {
      requirePresent(page, begin, end);
    }
    switch (page) {
      case Page.DoublePage doubles -> {
        for (int i = begin; i < end; i++) {
          double value = page.isNull(i) ? Double.NaN : doubles.get(i);
          target.set(Elements.DOUBLE, Double.BYTES * (shift + i), value);
        }
      }
      case Page.FloatPage floats -> {
        for (int i = begin; i < end; i++) {
          float value = page.isNull(i) ? Float.NaN : floats.get(i);
          target.set(Elements.FLOAT, Float.BYTES * (shift + i), value);
        }
      }
      case Page.IntPage ints -> copy(ints, begin, end, shift, target);
      case Page.LongPage longs -> {
        for (int i = begin; i < end; i++) {
          target.set(ValueLayout.JAVA_LONG_UNALIGNED, Long.BYTES * (shift + i), longs.get(i));
        }
      }
      case Page.BooleanPage truths -> {
        for (int i = begin; i < end; i++) {
          target.set(ValueLayout.JAVA_BYTE, shift + i, (byte) (truths.get(i) ? 1 : 0));
        }
      }
      case Page.ByteArrayPage bytes ->
          throw ParquetFile.damaged(
              parquet.file(), -1, "column '%s' holds bytes, not numbers".formatted(name));
    }
  }

  private void copy(Page.IntPage ints, int begin, int end, long shift, MemorySegment target) {
    int size = dtype.itemSize();
    for (int i = begin; i < end; i++) {
      int value = ints.get(i);
      long at = size * (shift + i);
      switch (size) {
        case Byte.BYTES -> target.set(ValueLayout.JAVA_BYTE, at, (byte) value);
        case Short.BYTES -> target.set(ValueLayout.JAVA_SHORT_UNALIGNED, at, (short) value);
        default -> target.set(ValueLayout.JAVA_INT_UNALIGNED, at, value);
      }
    }
  }

  private void requirePresent(Page page, int begin, int end) {
    if (page.definitionLevels() == null) {
      return;
    }
    long here = 0;
    for (int i = begin; i < end; i++) {
      here += page.isNull(i) ? 1 : 0;
    }
    if (here > 0) {
      String remedy =
          dtype.isFloating()
              ? "Read it with --decode, which makes them NaN, or ReadOptions.decoded()"
              : "%s has no value for that: convert it in Python, as in pandas.read_parquet('FILE')['%s'].astype('float64')"
                  .formatted(dtype, name);
      throw new FormatException(
          parquet.file().name(),
          -1,
          "column '%s' has no value in %,d of %,d rows. %s"
              .formatted(name, Math.max(missing, here), rows.extent(), remedy));
    }
  }

  @Override
  public Runnable lease() {
    return parquet.file().lease();
  }

  @Override
  public void close() {
    parquet.file().close();
  }
}
