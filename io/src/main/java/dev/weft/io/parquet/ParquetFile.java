package dev.weft.io.parquet;

import dev.hardwood.internal.thrift.FileMetaDataReader;
import dev.hardwood.internal.thrift.ThriftCompactReader;
import dev.hardwood.metadata.ColumnChunk;
import dev.hardwood.metadata.ColumnMetaData;
import dev.hardwood.metadata.FileMetaData;
import dev.hardwood.metadata.RowGroup;
import dev.hardwood.schema.ColumnSchema;
import dev.hardwood.schema.FileSchema;
import dev.weft.core.error.UsageException;
import dev.weft.core.error.WeftException;
import dev.weft.core.shape.AxisChunks;
import dev.weft.core.shape.Chunks;
import dev.weft.core.shape.Shape;
import dev.weft.io.ArrayEntry;
import dev.weft.io.FormatException;
import dev.weft.io.SoleArray;
import dev.weft.io.binary.OpenFile;
import dev.weft.io.parquet.CompactStructure.Malformed;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

/** An open Parquet file and what its footer says. */
public final class ParquetFile {
  private static final byte[] MAGIC = {'P', 'A', 'R', '1'};

  /** The length of the footer, and the magic bytes. */
  private static final int TAIL = Integer.BYTES + 4;

  private static final int LONGEST = 300;

  private final OpenFile file;
  private final FileMetaData footer;
  private final FileSchema schema;

  /**
   * Reads the footer.
   *
   * @throws FormatException when it is damaged
   */
  public ParquetFile(OpenFile file) {
    this.file = file;
    this.footer = footer(file);
    this.schema =
        guarded(file, -1, "its schema", () -> FileSchema.fromSchemaElements(footer.schema()));
  }

  static boolean isMagic(byte[] begin) {
    return begin.length >= MAGIC.length && Arrays.equals(begin, 0, 4, MAGIC, 0, 4);
  }

  private static FileMetaData footer(OpenFile file) {
    long end = file.size() - TAIL;
    if (end < MAGIC.length) {
      throw damaged(file, 0, "it has %,d bytes, which are too few".formatted(file.size()));
    }
    ByteBuffer tail = read(file, end, TAIL);
    int length = tail.order(ByteOrder.LITTLE_ENDIAN).getInt();
    byte[] magic = new byte[MAGIC.length];
    tail.get(magic);
    if (!Arrays.equals(magic, MAGIC)) {
      throw damaged(file, end, "it does not end with PAR1: it is cut off, or encrypted");
    }
    if (length < 0 || length > end - MAGIC.length) {
      throw damaged(file, end, "its footer cannot have %,d bytes".formatted(length));
    }
    long begin = end - length;
    ByteBuffer bytes = read(file, begin, length);
    requireStructure(file, begin, "its footer", bytes);
    return guarded(
        file, begin, "its footer", () -> FileMetaDataReader.read(new ThriftCompactReader(bytes)));
  }

  /** Checks that bytes begin with a structure; tells its length. */
  static int requireStructure(OpenFile file, long at, String what, ByteBuffer bytes) {
    try {
      return CompactStructure.length(bytes);
    } catch (Malformed e) {
      throw damaged(file, at + e.at(), what + ": " + e.getMessage());
    }
  }

  static ByteBuffer read(OpenFile file, long at, int length) {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    file.read(bytes, at);
    return bytes.rewind();
  }

  /** What a file is that is damaged. */
  public static FormatException damaged(OpenFile file, long at, String reason) {
    return new FormatException(file.name(), at, reason + ". Copy or write the file again");
  }

  /**
   * Does a step of Hardwood's.
   *
   * @param at where in the file
   * @param what is read
   * @throws FormatException when that fails in any way
   */
  static <T> T guarded(OpenFile file, long at, String what, Callable<T> step) {
    try {
      return step.call();
    } catch (WeftException e) {
      throw e;
    } catch (OutOfMemoryError e) {
      throw new FormatException(
          file.name(),
          at,
          what
              + ": there is not enough memory for what it says. Give Java more by -Xmx, or write"
              + " the file with smaller pages");
    } catch (Exception | StackOverflowError | LinkageError e) {
      Throwable cause = e;
      while (cause.getCause() != null && cause.getCause() != cause) {
        cause = cause.getCause();
      }
      String reason = String.valueOf(cause.getMessage());
      throw damaged(
          file,
          at,
          "%s: %s: %s"
              .formatted(
                  what,
                  cause.getClass().getSimpleName(),
                  reason.substring(0, Math.min(LONGEST, reason.length()))));
    }
  }

  /** The file itself. */
  public OpenFile file() {
    return file;
  }

  /** The columns of values, those within structures and lists too, in order. */
  public List<ColumnSchema> columns() {
    return schema.getColumns();
  }

  /** The parts of the rows, some of which may have none. */
  public List<RowGroup> rowGroups() {
    return footer.rowGroups();
  }

  private static String name(ColumnSchema column) {
    return String.join("/", column.fieldPath().elements());
  }

  /** The columns, in their order. */
  List<ArrayEntry> list() {
    List<ArrayEntry> entries = new ArrayList<>();
    AxisChunks rows = rows();
    for (ColumnSchema column : schema.getColumns()) {
      ColumnType type = ColumnType.of(column);
      entries.add(
          new ArrayEntry(
              name(column),
              type.name(),
              type.dtype() != null,
              Shape.of(rows.extent()),
              Optional.of(new Chunks(List.of(rows))),
              encoding(column),
              List.of(),
              attributes(column)));
    }
    return entries;
  }

  private String encoding(ColumnSchema column) {
    return footer.rowGroups().stream()
        .filter(group -> column.columnIndex() < group.columns().size())
        .map(group -> group.columns().get(column.columnIndex()).metaData())
        .map(data -> data == null || data.codec() == null ? "?" : data.codec().toString())
        .map(codec -> codec.equals("UNCOMPRESSED") ? "plain" : codec.toLowerCase(Locale.ROOT))
        .distinct()
        .reduce((one, other) -> one + ", " + other)
        .orElse("");
  }

  private Map<String, String> attributes(ColumnSchema column) {
    Map<String, String> attributes = new LinkedHashMap<>();
    long missing = missing(column);
    if (missing > 0) {
      attributes.put("missing", Long.toString(missing));
    }
    return attributes;
  }

  /** How many elements are missing, as far as the file says. */
  private long missing(ColumnSchema column) {
    long missing = 0;
    for (RowGroup group : footer.rowGroups()) {
      ColumnMetaData data =
          column.columnIndex() < group.columns().size()
              ? group.columns().get(column.columnIndex()).metaData()
              : null;
      if (data != null && data.statistics() != null && data.statistics().nullCount() != null) {
        missing += Math.max(0, data.statistics().nullCount());
      }
    }
    return missing;
  }

  /**
   * The rows, cut between those row groups that have any.
   *
   * @throws FormatException when their numbers cannot be
   */
  public AxisChunks rows() {
    List<RowGroup> groups = footer.rowGroups();
    long[] offsets = new long[groups.size() + 1];
    int count = 1;
    for (RowGroup group : groups) {
      long rows = group.numRows();
      if (rows < 0 || rows > footer.numRows() - offsets[count - 1]) {
        throw rows("more");
      }
      if (rows > 0) {
        offsets[count] = offsets[count - 1] + rows;
        count++;
      }
    }
    if (offsets[count - 1] != footer.numRows()) {
      throw rows("fewer");
    }
    return count == 1 ? AxisChunks.regular(0, 1) : AxisChunks.at(Arrays.copyOf(offsets, count));
  }

  private FormatException rows(String how) {
    return damaged(
        file,
        -1,
        "its row groups have %s rows than the %,d that the footer says"
            .formatted(how, footer.numRows()));
  }

  /**
   * A column.
   *
   * @param wanted its name; empty for the only one of numbers
   * @throws UsageException when there is none of this name, or it is not of numbers
   */
  ParquetSource open(String wanted) {
    List<ArrayEntry> entries = list();
    String name = wanted.isEmpty() ? SoleArray.of(file.path(), entries) : wanted;
    for (ColumnSchema column : schema.getColumns()) {
      if (name(column).equals(name)) {
        ColumnType type = ColumnType.of(column);
        if (type.dtype() == null) {
          throw new FormatException(
              file.name(),
              -1,
              "column '%s' is %s; columns of integers, float32, float64 and bool are read. Convert it in Python: pandas.read_parquet('FILE')['%s'].astype('float64')"
                  .formatted(name, type.name(), name));
        }
        return new ParquetSource(
            this, name, type.dtype(), rows(), chunks(column), missing(column), false);
      }
    }
    throw new UsageException(
        "read %s: it has no column '%s', but %s. Name one of them"
            .formatted(file.path(), name, entries.stream().map(ArrayEntry::name).toList()));
  }

  /**
   * The parts of a column that is in no list, one for each row group that has rows.
   *
   * @throws FormatException when the footer is damaged
   */
  public List<ColumnPages> chunks(ColumnSchema column) {
    List<ColumnPages> chunks = new ArrayList<>();
    for (RowGroup group : footer.rowGroups()) {
      if (group.numRows() == 0) {
        continue;
      }
      if (group.columns().size() != schema.getColumnCount()) {
        throw damaged(
            file,
            -1,
            "a row group has %,d columns, and the schema %,d"
                .formatted(group.columns().size(), schema.getColumnCount()));
      }
      ColumnChunk chunk = group.columns().get(column.columnIndex());
      ColumnMetaData data = chunk.metaData();
      if (data == null || data.type() != column.type() || data.codec() == null) {
        throw damaged(file, -1, "'%s' has no data, or of another type".formatted(name(column)));
      }
      long begin = chunk.chunkStartOffset();
      long bytes = data.totalCompressedSize();
      if (begin < MAGIC.length || bytes < 0 || bytes > file.size() - TAIL - begin) {
        throw damaged(
            file,
            -1,
            "'%s' is said to have %,d bytes at %,d, of %,d in the file"
                .formatted(name(column), bytes, begin, file.size()));
      }
      if (data.numValues() != group.numRows()) {
        throw damaged(
            file,
            begin,
            "'%s' has %,d values in a row group of %,d rows"
                .formatted(name(column), data.numValues(), group.numRows()));
      }
      chunks.add(new ColumnPages(file, column, data, begin, bytes, group.numRows()));
    }
    return chunks;
  }
}
