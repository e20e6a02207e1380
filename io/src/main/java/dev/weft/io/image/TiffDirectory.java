package dev.weft.io.image;

import java.util.HashMap;
import java.util.Map;

/**
 * The fields of one image of a TIFF file, whose values are known to lie in it.
 *
 * @param at where it is in the file
 * @param next where the next one is, 0 behind the last
 * @param bytes of all values that are not in the fields themselves
 */
record TiffDirectory(ImageBytes file, long at, Map<Integer, Field> fields, long next, long bytes) {
  private static final int FIELD = 12;

  /** Bytes of a value of each type from 1 on. */
  private static final int[] SIZES = {1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4};

  private static final int SHORT = 3;
  private static final int LONG = 4;

  /**
   * A field.
   *
   * @param count of values
   * @param values where they are in the file
   */
  record Field(int type, long count, long values) {}

  /**
   * Reads a directory.
   *
   * @throws dev.weft.io.FormatException when something in it lies beyond the file
   */
  static TiffDirectory read(ImageBytes file, long at) {
    int count = file.shortAt(at);
    file.require(at, 2 + (long) count * FIELD + 4);
    Map<Integer, Field> fields = new HashMap<>();
    long bytes = 0;
    for (int i = 0; i < count; i++) {
      long field = at + 2 + (long) i * FIELD;
      int type = file.shortAt(field + 2);
      if (type < 1 || type > SIZES.length) {
        throw file.damaged(field, "there is no type %d of fields".formatted(type));
      }
      long values = file.intAt(field + 4);
      long size = values * SIZES[type - 1];
      long place = field + 8;
      if (size > 4) {
        place = file.intAt(field + 8);
        bytes += size;
        file.require(place, size);
      }
      fields.put(file.shortAt(field), new Field(type, values, place));
    }
    return new TiffDirectory(file, at, fields, file.intAt(at + 2 + (long) count * FIELD), bytes);
  }

  boolean has(int tag) {
    return fields.containsKey(tag);
  }

  /** How many values a field has; none where there is no such field. */
  long count(int tag) {
    Field field = fields.get(tag);
    return field == null ? 0 : field.count;
  }

  /** The first value of a field of numbers. */
  long number(int tag, long otherwise) {
    return count(tag) == 0 ? otherwise : value(tag, 0);
  }

  /** One of the values of a field that there is. */
  long value(int tag, long index) {
    Field field = fields.get(tag);
    if (field == null || index >= field.count) {
      throw file.damaged(at, "field %d has no value %,d".formatted(tag, index));
    }
    return switch (field.type) {
      case SHORT -> file.shortAt(field.values + Short.BYTES * index);
      case LONG -> file.intAt(field.values + Integer.BYTES * index);
      default -> throw file.damaged(at, "field %d is of type %d".formatted(tag, field.type));
    };
  }
}
