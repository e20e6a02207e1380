package dev.weft.io.hdf5;

import dev.weft.core.expr.ArraySource;
import dev.weft.core.expr.ArrayTarget;
import dev.weft.io.ArrayEntry;
import dev.weft.io.ArrayName;
import dev.weft.io.FileFormat;
import dev.weft.io.SoleArray;
import dev.weft.io.WriteOptions;
import dev.weft.io.binary.OpenFile;
import dev.weft.io.file.AtomicFile;
import dev.weft.io.file.FileOperations;
import dev.weft.io.file.MappedTarget;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** HDF5 files among the other formats; files of netCDF-4 are such. */
public final class Hdf5Format implements FileFormat {
  private static final Set<WriteOptions.Choice> CHOICES =
      Set.of(
          WriteOptions.Choice.ATTRIBUTES,
          WriteOptions.Choice.CHUNK,
          WriteOptions.Choice.COMPRESSION);

  @Override
  public String name() {
    return "HDF5";
  }

  @Override
  public List<String> extensions() {
    return List.of("h5", "hdf5", "he5");
  }

  @Override
  public boolean recognizes(Path file, byte[] begin) {
    return Hdf5File.isHdf5(begin);
  }

  @Override
  public ArraySource open(ArrayName name) {
    return open(name, FileOperations.SYSTEM);
  }

  static ArraySource open(ArrayName name, FileOperations operations) {
    OpenFile open = OpenFile.open(name.file(), operations);
    try {
      Hdf5File file = Hdf5File.of(open);
      return Hdf5Sources.open(
          file,
          name.inside().isEmpty() ? SoleArray.of(name.file(), Datasets.list(file)) : name.inside());
    } catch (RuntimeException e) {
      open.close();
      throw e;
    }
  }

  @Override
  public List<ArrayEntry> list(Path path) {
    try (OpenFile open = OpenFile.open(path, FileOperations.SYSTEM)) {
      return Datasets.list(Hdf5File.of(open));
    }
  }

  /** A file of one dataset without chunks, {@code data} where it is not named. */
  @Override
  public ArrayTarget create(ArrayName name) {
    return create(name, WriteOptions.PLAIN);
  }

  /** The same, in chunks where chunks or a compression are asked for. */
  @Override
  public ArrayTarget create(ArrayName name, WriteOptions options) {
    return create(name, options, FileOperations.SYSTEM);
  }

  /** The same, through these operations. */
  public static ArrayTarget create(
      ArrayName name, WriteOptions options, FileOperations operations) {
    options.requireOnly(name, "HDF5", CHOICES);
    Hdf5Header header = new Hdf5Header(name, options.attributes());
    Hdf5Encoding encoding = Hdf5Encoding.of(name, options);
    AtomicFile file = AtomicFile.at(name.file(), operations, "result.h5");
    return encoding.hasChunks()
        ? new ChunkedTarget(name, file, operations, encoding, header)
        : new MappedTarget(file, operations, header::write);
  }
}
