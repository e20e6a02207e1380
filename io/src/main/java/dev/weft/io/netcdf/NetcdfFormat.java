package dev.weft.io.netcdf;

import dev.weft.core.error.UsageException;
import dev.weft.core.expr.ArraySource;
import dev.weft.core.expr.ArrayTarget;
import dev.weft.io.ArrayEntry;
import dev.weft.io.ArrayName;
import dev.weft.io.FileFormat;
import dev.weft.io.NewArray;
import dev.weft.io.SoleArray;
import dev.weft.io.WriteOptions;
import dev.weft.io.binary.OpenFile;
import dev.weft.io.file.AtomicFile;
import dev.weft.io.file.FileOperations;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * netCDF files of the classic formats CDF-1, CDF-2 and CDF-5 among the other formats. Files of
 * netCDF-4 are known as HDF5 by their first bytes, whatever their name.
 */
public final class NetcdfFormat implements FileFormat {
  private static final Set<WriteOptions.Choice> CHOICES =
      Set.of(WriteOptions.Choice.DIMENSIONS, WriteOptions.Choice.ATTRIBUTES);

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

  /** A file of one variable, {@code data} where it is not named. */
  @Override
  public ArrayTarget create(ArrayName name) {
    return create(name, WriteOptions.PLAIN);
  }

  @Override
  public ArrayTarget create(ArrayName name, WriteOptions options) {
    return create(List.of(new NewArray(name, options))).getFirst();
  }

  @Override
  public List<ArrayTarget> create(List<NewArray> arrays) {
    return create(arrays, FileOperations.SYSTEM);
  }

  /** The same, through these operations. */
  public static List<ArrayTarget> create(List<NewArray> arrays, FileOperations operations) {
    Path path = arrays.getFirst().name().file();
    if (String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT).endsWith(".nc4")) {
      throw new UsageException(
          "write %s: netCDF files are written in the classic formats, not as netCDF-4. Name it .nc, or write .h5"
              .formatted(path));
    }
    Set<String> names = new HashSet<>();
    for (NewArray array : arrays) {
      array.options().requireOnly(array.name(), "netCDF", CHOICES);
      String name = NewVariable.nameOf(array.name());
      if (!names.add(name)) {
        throw new UsageException(
            "write %s: two results are called '%s' in it. Give each a name, as in %s#mean"
                .formatted(path, name, path));
      }
    }
    AtomicFile file = AtomicFile.at(path, operations, "result.nc");
    ClassicDraft draft = new ClassicDraft(file, operations, arrays.size());
    return IntStream.range(0, arrays.size())
        .<ArrayTarget>mapToObj(number -> new NetcdfTarget(draft, number, arrays.get(number)))
        .toList();
  }
}
