package dev.weft.io.npy;

import dev.weft.core.HostArray;
import dev.weft.core.error.DeviceException;
import dev.weft.core.shape.Region;
import dev.weft.io.FormatException;
import dev.weft.io.file.AtomicFile;
import dev.weft.io.file.FileOperations;
import dev.weft.io.file.MappedTarget;
import java.nio.file.Path;

/** NumPy's npy files. */
public final class Npy {
  private Npy() {}

  /**
   * Opens a file, which stays mapped until the source is closed.
   *
   * @throws FormatException when the file is damaged or holds what is not supported
   */
  public static NpySource read(Path file) {
    return NpySource.open(file, FileOperations.SYSTEM);
  }

  /** Copies a whole file to memory. */
  public static HostArray load(Path file) {
    try (NpySource source = read(file)) {
      HostArray array = HostArray.allocate(source.dtype(), source.shape());
      try {
        source.read(Region.all(source.shape()), array.segment());
        source.requireIntact();
        return array;
      } catch (RuntimeException e) {
        array.close();
        throw e;
      }
    }
  }

  /** A file to write an array to, in place of one that exists. */
  public static MappedTarget target(Path file) {
    return target(file, FileOperations.SYSTEM);
  }

  /** The same, through these operations. */
  public static MappedTarget target(Path file, FileOperations operations) {
    return new MappedTarget(
        AtomicFile.at(file, operations, "result.npy"), operations, NpyHeader::write);
  }

  /** Writes an array; the file appears complete or not at all. */
  public static void write(Path file, HostArray array) {
    write(target(file), array);
  }

  static void write(MappedTarget target, HostArray array) {
    var elements = array.segment();
    try {
      target.open(array.dtype(), array.shape()).copyFrom(elements);
      target.commit();
    } catch (InternalError e) {
      target.abort();
      // How the JVM reports a mapped page that cannot be had.
      throw new DeviceException(
          "write %s: the disk failed while data was written to it. Check the disk"
              .formatted(target.file()),
          e);
    } catch (RuntimeException | Error e) {
      target.abort();
      throw e;
    }
  }

  /** What a file holds, in one line; only its header is read. */
  public static String describe(Path file) {
    try (NpySource source = read(file)) {
      NpyHeader header = source.header();
      return "%s: %s %s, %s, %,d bytes of data at offset %d, npy version %d.0"
          .formatted(
              file,
              header.type().dtype(),
              header.shape(),
              header.layout(),
              header.dataBytes(),
              header.dataOffset(),
              header.version());
    }
  }
}
