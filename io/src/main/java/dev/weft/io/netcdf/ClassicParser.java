package dev.weft.io.netcdf;

import dev.weft.io.AttributeValue;
import dev.weft.io.FormatException;
import dev.weft.io.binary.OpenFile;
import dev.weft.io.netcdf.ClassicHeader.Dimension;
import dev.weft.io.netcdf.ClassicHeader.Variable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the header of a file of the classic formats, and trusts nothing in it. */
final class ClassicParser {
  private static final int MAGIC = ('C' << 24) | ('D' << 16) | ('F' << 8);
  private static final int DIMENSIONS = 10;
  private static final int VARIABLES = 11;
  private static final int ATTRIBUTES = 12;

  /** Most axes of a variable, as in NumPy. */
  private static final int AXES = 64;

  /** Of longer attributes the beginning is kept. */
  private static final int ATTRIBUTE_BYTES = 64 << 10;

  /** Shortest entries of lists, by which their lengths are checked. */
  private static final int SHORTEST = 8;

  private final HeaderInput in;
  private int version;

  private ClassicParser(OpenFile file) {
    this.in = new HeaderInput(file);
  }

  /**
   * The header of a file.
   *
   * @throws FormatException where it is damaged
   */
  static ClassicHeader parse(OpenFile file) {
    return new ClassicParser(file).parse();
  }

  private ClassicHeader parse() {
    int magic = in.readInt("the first 4 bytes");
    version = magic & 0xFF;
    if ((magic & ~0xFF) != MAGIC || version != 1 && version != 2 && version != 5) {
      throw in.damaged(
          0, "the file does not begin with CDF and 1, 2 or 5, so it is no classic netCDF file");
    }
    if (version == 5) {
      in.widen();
    }
    final long at = in.offset();
    long records = in.readCount("the number of records");
    if (records < -1) {
      throw in.damaged(at, "there are %,d records".formatted(records));
    }
    List<Dimension> dimensions = dimensions();
    Map<String, AttributeValue> attributes = attributes("the file");
    List<Variable> variables = variables(dimensions);
    return new ClassicHeader(version, records, dimensions, attributes, variables);
  }

  /** The entries of a list; 0 where it is absent. */
  private int list(int expected, String what) {
    long offset = in.offset();
    int tag = in.readInt("the list of " + what);
    int number = in.readNumber("the list of " + what, SHORTEST);
    if (tag != expected && (tag != 0 || number != 0)) {
      throw in.damaged(
          offset,
          "the list of %s has the mark %d, not %d. Copy or write the file again"
              .formatted(what, tag, expected));
    }
    return number;
  }

  private List<Dimension> dimensions() {
    int number = list(DIMENSIONS, "dimensions");
    List<Dimension> dimensions = new ArrayList<>();
    boolean records = false;
    for (int i = 0; i < number; i++) {
      String name = in.readName("dimension " + i);
      long offset = in.offset();
      long length = in.readCount("the length of dimension " + name);
      if (length < 0 || length == 0 && records) {
        throw in.damaged(
            offset,
            "dimension %s has the length %,d%s"
                .formatted(name, length, length == 0 ? ", as another one that grows" : ""));
      }
      records |= length == 0;
      dimensions.add(new Dimension(name, length));
    }
    return dimensions;
  }

  private Map<String, AttributeValue> attributes(String of) {
    int number = list(ATTRIBUTES, "attributes of " + of);
    Map<String, AttributeValue> attributes = new LinkedHashMap<>();
    for (int i = 0; i < number; i++) {
      String name = in.readName("attribute " + i + " of " + of);
      attributes.put(name, attribute("attribute " + name + " of " + of));
    }
    return attributes;
  }

  private AttributeValue attribute(String what) {
    ClassicType type = type(what);
    int count = in.readNumber(what, type.size());
    ByteBuffer bytes =
        ByteBuffer.wrap(in.readBytes(what, (long) count * type.size(), ATTRIBUTE_BYTES));
    if (type == ClassicType.CHAR) {
      String text = new String(bytes.array(), StandardCharsets.UTF_8);
      int end = text.length();
      while (end > 0 && text.charAt(end - 1) == 0) {
        end--;
      }
      return new AttributeValue.Text(text.substring(0, end));
    }
    List<Number> values = new ArrayList<>();
    while (bytes.remaining() >= type.size()) {
      values.add(number(type, bytes));
    }
    return new AttributeValue.Numbers(type.dtype().orElseThrow(), values);
  }

  private static Number number(ClassicType type, ByteBuffer bytes) {
    return switch (type) {
      case BYTE, CHAR -> (long) bytes.get();
      case UBYTE -> bytes.get() & 0xFFL;
      case SHORT -> (long) bytes.getShort();
      case USHORT -> bytes.getShort() & 0xFFFFL;
      case INT -> (long) bytes.getInt();
      case UINT -> bytes.getInt() & 0xFFFF_FFFFL;
      case INT64, UINT64 -> bytes.getLong();
      case FLOAT -> (double) bytes.getFloat();
      case DOUBLE -> bytes.getDouble();
    };
  }

  private ClassicType type(String what) {
    long offset = in.offset();
    int code = in.readInt("the type of " + what);
    return ClassicType.of(code, version)
        .orElseThrow(
            () ->
                in.damaged(
                    offset,
                    "%s has the type %d, which CDF-%d does not have"
                        .formatted(what, code, version)));
  }

  private List<Variable> variables(List<Dimension> dimensions) {
    int number = list(VARIABLES, "variables");
    List<Variable> variables = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      final long offset = in.offset();
      String name = in.readName("variable " + i);
      String what = "variable " + name;
      int[] axes = axes(what, dimensions);
      final Map<String, AttributeValue> attributes = attributes(what);
      final ClassicType type = type(what);
      // The size, which is wrong of large variables and follows from the shape.
      in.readCount("the size of " + what);
      long at = in.offset();
      long begin =
          version == 1
              ? in.readInt("the place of " + what) & 0xFFFF_FFFFL
              : in.readLong("the place of " + what);
      if (begin < 0) {
        throw in.damaged(at, "%s begins at %,d".formatted(what, begin));
      }
      variables.add(new Variable(name, offset, axes, attributes, type, begin));
    }
    return variables;
  }

  private int[] axes(String what, List<Dimension> dimensions) {
    long offset = in.offset();
    int rank = in.readNumber("the axes of " + what, version == 5 ? Long.BYTES : Integer.BYTES);
    if (rank > AXES) {
      throw in.damaged(offset, "%s has %,d axes; at most %d are read".formatted(what, rank, AXES));
    }
    int[] axes = new int[rank];
    for (int axis = 0; axis < rank; axis++) {
      long at = in.offset();
      long index = in.readCount("the axes of " + what);
      if (index < 0 || index >= dimensions.size()) {
        throw in.damaged(
            at,
            "%s has an axis of dimension %,d; there are %,d"
                .formatted(what, index, dimensions.size()));
      }
      axes[axis] = (int) index;
      if (axis > 0 && dimensions.get(axes[axis]).isRecord()) {
        throw in.damaged(
            at, "%s grows along its axis %d; only the first may grow".formatted(what, axis));
      }
    }
    return axes;
  }
}
