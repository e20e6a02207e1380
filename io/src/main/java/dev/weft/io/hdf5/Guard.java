package dev.weft.io.hdf5;

import dev.weft.core.error.WeftException;
import dev.weft.io.FormatException;
import io.jhdf.exceptions.UnsupportedHdfException;
import java.util.function.Supplier;

/** Turns whatever jHDF throws over a file into one clear error. */
final class Guard {
  private static final int LONGEST = 300;
  private static final String COPY =
      "Copy the data in Python, with h5py: out['NAME'] = h5py.File('FILE')['NAME'][...]";

  private Guard() {}

  /**
   * Does a step that reads what the file says.
   *
   * @param file the name of the file
   * @param place what is read, such as {@code /group/name}
   * @throws FormatException when that fails in any way
   */
  static <T> T read(String file, String place, Supplier<T> step) {
    try {
      return step.get();
    } catch (WeftException e) {
      throw e;
    } catch (StackOverflowError e) {
      throw new FormatException(
          file,
          -1,
          "%s: its structures lead back to themselves. Copy or write it again".formatted(place));
    } catch (OutOfMemoryError e) {
      throw new FormatException(
          file,
          -1,
          "%s: there is not enough memory for what it says. Copy or write it again"
              .formatted(place));
    } catch (RuntimeException e) {
      throw explained(file, place, e);
    }
  }

  private static WeftException explained(String file, String place, RuntimeException thrown) {
    String reason = "";
    boolean unsupported = false;
    Throwable cause = thrown;
    for (int depth = 0; cause != null && depth < LONGEST; cause = cause.getCause(), depth++) {
      if (cause instanceof WeftException own) {
        return own;
      }
      unsupported |= cause instanceof UnsupportedHdfException;
      reason = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
    if (reason.contains("Virtual storage")) {
      return new FormatException(
          file,
          -1,
          "%s is a virtual dataset, whose elements lie elsewhere; those are not followed. %s"
              .formatted(place, COPY));
    }
    if (reason.contains("External Data Files")) {
      return new FormatException(
          file,
          -1,
          "%s keeps its elements in other files; those are not followed. %s"
              .formatted(place, COPY));
    }
    String shown = reason.length() > LONGEST ? reason.substring(0, LONGEST) + "..." : reason;
    return new FormatException(
        file,
        -1,
        unsupported
            ? "%s is not supported: %s. %s".formatted(place, shown, COPY)
            : "%s is damaged: %s. Copy or write it again".formatted(place, shown));
  }
}
