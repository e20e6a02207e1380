package dev.weft.io.netcdf;

import dev.weft.core.dtype.DType;
import dev.weft.core.error.UsageException;
import dev.weft.core.shape.Shape;
import dev.weft.io.ArrayName;
import dev.weft.io.WriteOptions;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;

/**
 * A variable that is to be written to a file of the classic formats.
 *
 * @param place what is written, for messages
 * @param name its name in the file
 * @param type of its elements in the file
 */
record NewVariable(
    ArrayName place, String name, ClassicType type, Shape shape, WriteOptions options) {
  private static final int LONGEST_NAME = 256;

  /** What an array without a name is called. */
  private static final String UNNAMED = "data";

  /** Most axes of a variable that are read. */
  private static final int AXES = 64;

  /**
   * A variable of an array.
   *
   * @throws UsageException when the classic formats do not have such
   */
  static NewVariable of(ArrayName place, DType dtype, Shape shape, WriteOptions options) {
    options.requireRank(place, shape.rank());
    if (shape.rank() > AXES) {
      throw refused(
          place,
          "%d axes are more than the %d of netCDF. Write .npy, or fewer axes"
              .formatted(shape.rank(), AXES));
    }
    for (int axis = 1; axis < shape.rank(); axis++) {
      if (shape.extent(axis) == 0) {
        throw refused(
            place,
            "shape %s has an axis of length 0 that is not the first, which netCDF's classic formats do not have. Write .h5, .npy or .zarr"
                .formatted(shape));
      }
    }
    return new NewVariable(place, nameOf(place), type(place, dtype), shape, options);
  }

  private static ClassicType type(ArrayName place, DType dtype) {
    return Arrays.stream(ClassicType.values())
        .filter(each -> each.dtype().filter(dtype::equals).isPresent())
        .findFirst()
        .orElseThrow(
            () ->
                refused(
                    place,
                    dtype == DType.BOOL
                        ? "netCDF's classic formats have no bool. Convert it, as in astype(x, int8), or write .h5, .npy or .zarr"
                        : "netCDF's classic formats have no %s. Write .h5, .npy or .zarr"
                            .formatted(dtype)));
  }

  /**
   * The name of the variable that is meant.
   *
   * @throws UsageException when netCDF has no such names
   */
  static String nameOf(ArrayName place) {
    String given = place.inside().replaceAll("^/+", "");
    if (given.contains("/")) {
      throw refused(
          place,
          "'%s' is in a group, and netCDF's classic formats have none. Leave the group away, or write .h5 or .zarr"
              .formatted(given));
    }
    return given.isEmpty() ? UNNAMED : requireName(place, "variable", given);
  }

  /** A name as files hold it: UTF-8 in normal form C without control characters and slashes. */
  static String requireName(ArrayName place, String what, String given) {
    String name = Normalizer.normalize(given, Normalizer.Form.NFC);
    boolean fits =
        !name.isEmpty()
            && name.getBytes(StandardCharsets.UTF_8).length <= LONGEST_NAME
            && (name.charAt(0) > '~' || name.charAt(0) == '_' || isAlphanumeric(name.charAt(0)))
            && !name.endsWith(" ")
            && name.chars().noneMatch(each -> each < ' ' || each == 0x7F || each == '/');
    if (!fits) {
      throw refused(
          place,
          "'%s' is no name of netCDF for a%s. Begin it with a letter, a digit or _, without / in it and a space at its end, of at most %d bytes"
              .formatted(given, (what.startsWith("a") ? "n " : " ") + what, LONGEST_NAME));
    }
    return name;
  }

  private static boolean isAlphanumeric(char each) {
    return each >= 'a' && each <= 'z' || each >= 'A' && each <= 'Z' || each >= '0' && each <= '9';
  }

  /** An error about the variable. */
  UsageException refused(String reason) {
    return refused(place, reason);
  }

  private static UsageException refused(ArrayName place, String reason) {
    return new UsageException("write %s: %s".formatted(place, reason));
  }

  /** Whether its first axis grows by records, of which there are none yet. */
  boolean hasRecords() {
    return shape.rank() > 0 && shape.extent(0) == 0;
  }

  /**
   * Bytes of its elements; of one record where it has records.
   *
   * @throws UsageException when there are more than 2^63-1
   */
  long bytes() {
    long bytes = type.size();
    try {
      for (int axis = hasRecords() ? 1 : 0; axis < shape.rank(); axis++) {
        bytes = Math.multiplyExact(bytes, shape.extent(axis));
      }
    } catch (ArithmeticException e) {
      throw new UsageException(
          "write %s: %s %s has more than 2^63-1 bytes".formatted(place, type.label(), shape), e);
    }
    return bytes;
  }
}
