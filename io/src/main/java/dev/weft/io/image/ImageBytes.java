package dev.weft.io.image;

import dev.weft.core.error.DeviceException;
import dev.weft.core.error.WeftException;
import dev.weft.io.FormatException;
import dev.weft.io.binary.OpenFile;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * The bytes of an image file, mapped.
 *
 * @param order of the bytes of numbers in it
 */
record ImageBytes(OpenFile file, MemorySegment bytes, ByteOrder order) {
  private static final int LONGEST = 300;

  /** A step of the JDK's. */
  @FunctionalInterface
  interface Step {
    /** Does it. */
    void run() throws IOException;
  }

  static ImageBytes of(OpenFile file, ByteOrder order) {
    return new ImageBytes(file, file.map(0, file.size()), order);
  }

  long size() {
    return bytes.byteSize();
  }

  int byteAt(long at) {
    require(at, 1);
    return bytes.get(ValueLayout.JAVA_BYTE, at) & 0xFF;
  }

  int shortAt(long at) {
    require(at, Short.BYTES);
    return bytes.get(ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(order), at) & 0xFFFF;
  }

  long intAt(long at) {
    require(at, Integer.BYTES);
    return bytes.get(ValueLayout.JAVA_INT_UNALIGNED.withOrder(order), at) & 0xFFFF_FFFFL;
  }

  /** Checks that so many bytes are in the file. */
  void require(long at, long count) {
    if (at < 0 || count < 0 || count > size() - at) {
      throw damaged(
          Math.clamp(at, 0, size()),
          "%,d bytes are expected at %,d, and it has %,d in all".formatted(count, at, size()));
    }
  }

  FormatException damaged(long at, String reason) {
    return new FormatException(file.name(), at, reason + ". Copy or write the file again");
  }

  FormatException unsupported(long at, String reason) {
    return new FormatException(
        file.name(),
        at,
        reason + ". Convert it in Python: np.save('x.npy', imageio.v3.imread('FILE'))");
  }

  /**
   * Checks that an image is no larger than what is read, nor than its bytes can hold.
   *
   * @param unpacked its bytes before compression
   * @param packed those of the file, at most
   * @param best what one byte unpacks to, at most
   */
  void requireSize(long at, Picture picture, long unpacked, long packed, long best) {
    if (picture.height() <= 0 || picture.width() <= 0) {
      throw damaged(at, "it has no pixels: %,d x %,d".formatted(picture.height(), picture.width()));
    }
    if (unpacked < 0 || unpacked > Picture.LARGEST) {
      throw new FormatException(
          file.name(),
          at,
          "an image of %,d x %,d pixels has more than the %,d bytes that are read. Cut it into parts"
              .formatted(picture.height(), picture.width(), Picture.LARGEST));
    }
    if (unpacked / best > packed) {
      throw damaged(
          at,
          "an image of %,d x %,d pixels cannot be in %,d bytes"
              .formatted(picture.height(), picture.width(), packed));
    }
  }

  /**
   * Does a step of the JDK's.
   *
   * @throws FormatException when it fails over the file
   * @throws DeviceException when this Java has no ImageIO
   */
  void guarded(long at, Step step) {
    try {
      step.run();
    } catch (WeftException e) {
      throw e;
    } catch (LinkageError e) {
      throw unable("read " + file.name(), e);
    } catch (OutOfMemoryError e) {
      throw new FormatException(
          file.name(),
          at,
          "there is not enough memory for the image. Give Java more by -Xmx, or cut it into parts");
    } catch (Exception | StackOverflowError | InternalError e) {
      file.requireSize(size());
      Throwable cause = e;
      while (cause.getCause() != null && cause.getCause() != cause) {
        cause = cause.getCause();
      }
      String reason = String.valueOf(cause.getMessage());
      throw damaged(
          at,
          "the image cannot be decoded: %s: %s"
              .formatted(
                  cause.getClass().getSimpleName(),
                  reason.substring(0, Math.min(LONGEST, reason.length()))));
    }
  }

  /** What is told where Java has no module for images. */
  static DeviceException unable(String what, Throwable cause) {
    return new DeviceException(
        "%s: this Java cannot decode or encode images (%s): use one with the module java.desktop, or convert to .npy in Python: np.save('x.npy', imageio.v3.imread('FILE'))"
            .formatted(what, cause),
        cause);
  }
}
