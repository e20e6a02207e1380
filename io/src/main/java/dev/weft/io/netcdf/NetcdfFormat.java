package dev.weft.io.netcdf;

import dev.weft.core.error.UsageException;
import dev.weft.core.expr.ArraySource;
import dev.weft.core.expr.ArrayTarget;
import dev.weft.io.ArrayEntry;
import dev.weft.io.ArrayName;
import dev.weft.io.FileFormat;
import dev.weft.io.SoleArray;
import dev.weft.io.binary.OpenFile;
import dev.weft.io.file.FileOperations;
import java.nio.file.Path;
import java.util.List;

/**
 * netCDF files of the classic formats CDF-1, CDF-2 and CDF-5 among the other formats. Files of
 * netCDF-4 are known as HDF5 by their first bytes, whatever their name.
 */
public final class NetcdfFormat implements FileFormat {
  @Override
  public String name() {
    return "netCDF";
  }

  @Override
  public List<String> extensions() {
    return List.of("nc", "nc4", "cdf");
  }

  @Override
  public boolean recognizes(Path file, byte[] begin) {
    return begin.length > 3
        && begin[0] == 'C'
        && begin[1] == 'D'
        && begin[2] == 'F'
        && (begin[3] == 1 || begin[3] == 2 || begin[3] == 5);
  }

  @Override
  public ArraySource open(ArrayName name) {
    return open(name, FileOperations.SYSTEM);
  }

  static ArraySource open(ArrayName name, FileOperations operations) {
    OpenFile file = OpenFile.open(name.file(), operations);
    try {
      ClassicFile classic = new ClassicFile(file);
      return classic.source(
          name.inside().isEmpty() ? SoleArray.of(name.file(), classic.list()) : name.inside());
    } catch (RuntimeException e) {
      file.close();
      throw e;
    }
  }

  @Override
  public List<ArrayEntry> list(Path path) {
    try (OpenFile file = OpenFile.open(path, FileOperations.SYSTEM)) {
      return new ClassicFile(file).list();
    }
  }

  /** Refuses: netCDF files are read only. */
  @Override
  public ArrayTarget create(ArrayName name) {
    throw new UsageException(
        "write %s: netCDF files are read, not written; write .h5 or .npy".formatted(name.file()));
  }
}
