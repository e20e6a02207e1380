package dev.weft.io.netcdf;

import dev.weft.core.error.UsageException;
import dev.weft.core.shape.Shape;
import dev.weft.io.ArrayEntry;
import dev.weft.io.FormatException;
import dev.weft.io.binary.MappedSource;
import dev.weft.io.binary.OpenFile;
import dev.weft.io.binary.StoredArray;
import dev.weft.io.binary.StoredType;
import dev.weft.io.netcdf.ClassicHeader.Dimension;
import dev.weft.io.netcdf.ClassicHeader.Variable;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An open file of the classic formats, and where in it the data of its variables lies. */
final class ClassicFile {
  /** What variables begin at, and records are padded to. */
  private static final int PADDING = 4;

  private final OpenFile file;
  private final ClassicHeader header;
  private final long recordBytes;
  private final long records;

  /**
   * Reads the header of a file.
   *
   * @throws FormatException where it is damaged
   */
  ClassicFile(OpenFile file) {
    this.file = file;
    this.header = ClassicParser.parse(file);
    this.recordBytes = recordBytes();
    this.records = header.records() >= 0 ? header.records() : recordsOfSize();
  }

  private boolean isRecord(Variable variable) {
    return variable.dimensions().length > 0
        && header.dimensions().get(variable.dimensions()[0]).isRecord();
  }

  /** Elements of a variable, of one record where it has records. */
  private long elements(Variable variable) {
    long elements = 1;
    for (int axis = isRecord(variable) ? 1 : 0; axis < variable.dimensions().length; axis++) {
      long extent = header.dimensions().get(variable.dimensions()[axis]).length();
      elements = checked(variable, Math.multiplyHigh(elements, extent), elements * extent);
    }
    return elements;
  }

  private long bytes(Variable variable) {
    long elements = elements(variable);
    int size = variable.type().size();
    return checked(variable, Math.multiplyHigh(elements, size), elements * size);
  }

  private long checked(Variable variable, long high, long product) {
    if (high != 0 || product < 0) {
      throw new FormatException(
          file.name(),
          variable.offset(),
          "variable %s has more than 2^63-1 bytes".formatted(variable.name()));
    }
    return product;
  }

  /** Bytes from one record to the next: those of all variables with records, each padded. */
  private long recordBytes() {
    List<Variable> with = header.variables().stream().filter(this::isRecord).toList();
    if (with.size() == 1) {
      // A single one is not padded.
      return bytes(with.getFirst());
    }
    long sum = 0;
    for (Variable variable : with) {
      long bytes = bytes(variable);
      sum += bytes + (PADDING - bytes % PADDING) % PADDING;
      checked(variable, 0, sum);
    }
    return sum;
  }

  /** How many records are in a file that does not say so. */
  private long recordsOfSize() {
    long begin =
        header.variables().stream()
            .filter(this::isRecord)
            .mapToLong(Variable::begin)
            .min()
            .orElse(file.size());
    return recordBytes == 0 ? 0 : Math.max(0, file.size() - begin) / recordBytes;
  }

  private Shape shape(Variable variable) {
    long[] extents = new long[variable.dimensions().length];
    for (int axis = 0; axis < extents.length; axis++) {
      Dimension dimension = header.dimensions().get(variable.dimensions()[axis]);
      extents[axis] = dimension.isRecord() ? records : dimension.length();
    }
    try {
      return Shape.of(extents);
    } catch (UsageException e) {
      throw new FormatException(file.name(), variable.offset(), String.valueOf(e.getMessage()));
    }
  }

  /** The variables, in the file's order. */
  List<ArrayEntry> list() {
    return header.variables().stream().map(this::entry).toList();
  }

  private ArrayEntry entry(Variable variable) {
    List<String> dimensions = new ArrayList<>();
    for (int dimension : variable.dimensions()) {
      dimensions.add(header.dimensions().get(dimension).name());
    }
    Map<String, String> attributes = new LinkedHashMap<>();
    variable.attributes().forEach((name, value) -> attributes.put(name, value.toString()));
    return new ArrayEntry(
        variable.name(),
        variable.type().label(),
        variable.type().dtype().isPresent(),
        shape(variable),
        Optional.empty(),
        "",
        dimensions,
        attributes);
  }

  /**
   * A variable's elements.
   *
   * @throws FormatException when the file ends before them, or they are characters
   * @throws UsageException when there is no such variable
   */
  MappedSource source(String name) {
    Variable variable =
        header.variables().stream()
            .filter(each -> each.name().equals(name))
            .findFirst()
            .orElseThrow(
                () ->
                    new UsageException(
                        "read %s: it holds nothing that is called '%s', but %s. Name one of them"
                            .formatted(
                                file.name(),
                                name,
                                header.variables().stream().map(Variable::name).toList())));
    StoredType type =
        new StoredType(
            variable
                .type()
                .dtype()
                .orElseThrow(
                    () ->
                        new FormatException(
                            file.name(),
                            variable.offset(),
                            "variable %s holds characters, of which Weft has no arrays"
                                .formatted(name))),
            ByteOrder.BIG_ENDIAN);
    Shape shape = shape(variable);
    long[] strides = shape.strides();
    for (int axis = 0; axis < strides.length; axis++) {
      strides[axis] *= type.itemSize();
    }
    if (isRecord(variable)) {
      strides[0] = recordBytes;
    }
    long bytes = shape.size() == 0 ? 0 : extent(variable, shape);
    if (bytes > 0 && bytes > file.size() - variable.begin()) {
      throw new FormatException(
          file.name(),
          variable.begin(),
          "data of variable %s ends after %,d of %,d bytes (%s %s). The file is truncated; copy or write it again"
              .formatted(
                  name, Math.max(0, file.size() - variable.begin()), bytes, type.dtype(), shape));
    }
    return new MappedSource(
        file,
        new StoredArray(name, type, shape, variable.attributes()),
        file.map(bytes == 0 ? 0 : variable.begin(), bytes),
        strides,
        bytes == 0 ? 0 : variable.begin() + bytes);
  }

  /** Bytes from the first element to the end of the last. */
  private long extent(Variable variable, Shape shape) {
    long one = bytes(variable);
    if (!isRecord(variable)) {
      return one;
    }
    long before = shape.extent(0) - 1;
    long skipped = checked(variable, Math.multiplyHigh(before, recordBytes), before * recordBytes);
    return checked(variable, 0, skipped + one);
  }
}
