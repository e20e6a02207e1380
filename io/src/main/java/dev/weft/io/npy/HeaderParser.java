package dev.weft.io.npy;

import dev.weft.core.shape.Shape;
import dev.weft.io.FormatException;
import dev.weft.io.binary.StoredType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads the dictionary of an npy header: the part of Python's literal syntax that NumPy writes, and
 * nothing else. Works in place; allocates no more than the three values.
 */
final class HeaderParser {
  /** NumPy's own limit. */
  private static final int MOST_AXES = 64;

  private static final int LONGEST_STRING = 64;

  private final String file;
  private final byte[] text;
  private final int start;
  private int at;
  private @Nullable StoredType type;
  private @Nullable Boolean fortranOrder;
  private @Nullable Shape shape;

  /**
   * @param start where {@code text} stands in the file
   */
  HeaderParser(String file, byte[] text, int start) {
    this.file = file;
    this.text = text;
    this.start = start;
  }

  NpyHeader parse(int version) {
    expect('{', "the header");
    while (peek() != '}') {
      entry();
      if (peek() != '}') {
        expect(',', "an entry");
      }
    }
    expect('}', "the header");
    int rest = peek();
    if (rest >= 0) {
      throw bad(at, "the dictionary is followed by " + show(rest));
    }
    if (type == null || fortranOrder == null || shape == null) {
      String missing = type == null ? "descr" : fortranOrder == null ? "fortran_order" : "shape";
      throw bad(0, "the header has no key '" + missing + "'");
    }
    return new NpyHeader(version, type, fortranOrder, shape, (long) start + text.length);
  }

  private void entry() {
    peek();
    int keyAt = at;
    String key = string("a key");
    expect(':', "key '" + key + "'");
    peek();
    int valueAt = at;
    boolean first =
        switch (key) {
          case "descr" -> {
            boolean fresh = type == null;
            type = descr();
            yield fresh;
          }
          case "fortran_order" -> {
            boolean fresh = fortranOrder == null;
            fortranOrder = truth();
            yield fresh;
          }
          case "shape" -> {
            boolean fresh = shape == null;
            shape = shape(valueAt);
            yield fresh;
          }
          default ->
              throw bad(keyAt, "key '" + key + "' is none of 'descr', 'fortran_order' and 'shape'");
        };
    if (!first) {
      throw bad(keyAt, "key '" + key + "' appears twice");
    }
  }

  private StoredType descr() {
    int next = peek();
    if (next == '[' || next == '(') {
      throw new FormatException(
          file,
          (long) start + at,
          "structured dtypes are not supported. Convert it in NumPy: save one field at a time");
    }
    int descrAt = at;
    String descr = string("descr");
    return NpyDescr.parse(file, (long) start + descrAt, descr);
  }

  private boolean truth() {
    peek();
    for (String word : new String[] {"True", "False"}) {
      if (follows(word)) {
        at += word.length();
        return word.equals("True");
      }
    }
    throw bad(at, "fortran_order must be True or False, not " + show(peek()));
  }

  private boolean follows(String word) {
    if (text.length - at < word.length()) {
      return false;
    }
    for (int i = 0; i < word.length(); i++) {
      if (text[at + i] != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private Shape shape(int shapeAt) {
    expect('(', "shape");
    long[] extents = new long[8];
    int count = 0;
    boolean comma = true;
    while (peek() != ')') {
      if (!comma) {
        throw bad(at, "shape: a ',' or ')' is expected, not " + show(peek()));
      }
      if (count == MOST_AXES) {
        throw bad(at, "shape has more than " + MOST_AXES + " axes");
      }
      extents = count == extents.length ? Arrays.copyOf(extents, 2 * count) : extents;
      extents[count++] = extent();
      comma = peek() == ',';
      at += comma ? 1 : 0;
    }
    at++;
    if (count == 1 && !comma) {
      throw bad(shapeAt, "shape must be a tuple: one extent is written as (3,)");
    }
    return checked(shapeAt, Arrays.copyOf(extents, count));
  }

  private Shape checked(int shapeAt, long[] extents) {
    long bytes = type == null ? 16 : type.dtype().itemSize();
    try {
      for (long extent : extents) {
        bytes = Math.multiplyExact(bytes, extent);
      }
    } catch (ArithmeticException e) {
      throw bad(shapeAt, "shape " + Arrays.toString(extents) + " has more than 2^63-1 bytes");
    }
    return Shape.of(extents);
  }

  private long extent() {
    int numberAt = at;
    if (peek() == '-') {
      throw bad(at, "shape: extents must not be negative");
    }
    long value = 0;
    while (at < text.length && text[at] >= '0' && text[at] <= '9') {
      int digit = text[at++] - '0';
      if (value > (Long.MAX_VALUE - digit) / 10) {
        throw bad(numberAt, "shape: an extent is beyond 2^63-1");
      }
      value = 10 * value + digit;
    }
    if (at == numberAt) {
      throw bad(at, "shape: an extent is expected, not " + show(peek()));
    }
    // Python 2 wrote long integers so.
    at += at < text.length && text[at] == 'L' ? 1 : 0;
    return value;
  }

  private String string(String what) {
    int quote = peek();
    int begin = at + 1;
    if (quote != '\'' && quote != '"') {
      throw bad(at, what + " must be a quoted string, not " + show(quote));
    }
    StringBuilder value = new StringBuilder();
    for (at = begin; at < text.length && text[at] != quote; at++) {
      if (at - begin == LONGEST_STRING) {
        throw bad(begin, what + " is longer than " + LONGEST_STRING + " characters");
      }
      if (text[at] < ' ' || text[at] > '~' || text[at] == '\\') {
        throw bad(at, what + " must not contain " + show(text[at] & 0xFF));
      }
      value.append((char) text[at]);
    }
    if (at >= text.length) {
      throw bad(begin - 1, what + " has no closing quote");
    }
    at++;
    return value.toString();
  }

  private void expect(char wanted, String where) {
    int found = peek();
    if (found != wanted) {
      throw bad(at, where + ": '" + wanted + "' is expected, not " + show(found));
    }
    at++;
  }

  /** The next byte that is no space, or -1 at the end; {@link #at} then points to it. */
  private int peek() {
    while (at < text.length
        && (text[at] == ' ' || text[at] == '\n' || text[at] == '\t' || text[at] == '\r')) {
      at++;
    }
    return at < text.length ? text[at] & 0xFF : -1;
  }

  private static String show(int value) {
    int unsigned = value & 0xFF;
    return value == -1
        ? "the end of the header"
        : unsigned >= ' ' && unsigned <= '~'
            ? "'" + (char) unsigned + "'"
            : "byte 0x%02X".formatted(unsigned);
  }

  private FormatException bad(int position, String reason) {
    return new FormatException(
        file, (long) start + position, reason + ". Save the array with np.save");
  }
}
