package dev.weft.io.safety;

import dev.weft.core.HostArray;
import dev.weft.core.dtype.DType;
import dev.weft.core.error.UsageException;
import dev.weft.core.expr.ArraySource;
import dev.weft.core.expr.ArrayTarget;
import dev.weft.core.shape.Region;
import dev.weft.core.shape.Shape;
import dev.weft.io.ArrayFiles;
import dev.weft.io.ArrayName;
import dev.weft.io.Compression;
import dev.weft.io.NewArray;
import dev.weft.io.Resumption;
import dev.weft.io.WriteOptions;
import dev.weft.io.csv.CsvFormat;
import dev.weft.io.file.FileOperations;
import dev.weft.io.hdf5.Hdf5Format;
import dev.weft.io.netcdf.NetcdfFormat;
import dev.weft.io.npy.Npy;
import dev.weft.io.npz.NpzFormat;
import dev.weft.io.zarr.Zarr;
import dev.weft.io.zarr.ZarrEncoding;
import dev.weft.io.zarr.ZarrTarget;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Every kind of target that writes files, with arrays of numbers of which each tells its place. */
enum WrittenFormat {
  NPY("x.npy"),
  NPZ("x.npz#a"),
  ZARR("x.zarr"),
  ZARR_IN_GROUP("g.zarr#group/array"),
  ZARR_IN_SHARDS("s.zarr"),
  ZARR_RESUMED("r.zarr#group/array"),
  HDF5("x.h5#group/data"),
  HDF5_IN_CHUNKS("s.h5#group/data"),
  NETCDF("x.nc#data"),
  CSV("x.csv");

  private static final long STEP = 1_000_000;

  private final String file;
  private final String inside;

  WrittenFormat(String name) {
    int mark = name.indexOf('#');
    this.file = mark < 0 ? name : name.substring(0, mark);
    this.inside = mark < 0 ? "" : name.substring(mark + 1);
  }

  /** The name of the file or of the store. */
  String file() {
    return file;
  }

  private ArrayName name(Path folder) {
    return new ArrayName(folder.resolve(file), inside);
  }

  private ArrayTarget target(Path folder, FileOperations operations, int elements, long number) {
    ArrayName name = name(folder);
    return switch (this) {
      case NPY -> Npy.target(name.file(), operations);
      case NPZ -> NpzFormat.create(name, operations);
      case ZARR, ZARR_IN_GROUP -> zarr(name, operations, elements);
      case ZARR_IN_SHARDS -> {
        long chunk = elements / 12 + 1L;
        ZarrEncoding encoding = ZarrEncoding.DEFAULT.withChunk(chunk).withShards(3 * chunk);
        yield Zarr.target(name, encoding, operations);
      }
      case ZARR_RESUMED ->
          zarr(name, operations, elements)
              .resuming(new Resumption(Map.of("number", "" + number), text -> {}));
      case HDF5 -> Hdf5Format.create(name, WriteOptions.PLAIN, operations);
      case HDF5_IN_CHUNKS -> {
        WriteOptions options =
            WriteOptions.PLAIN
                .withChunk(elements / 5 + 1)
                .withCompression(Compression.parse("gzip:1"));
        yield Hdf5Format.create(name, options, operations);
      }
      case NETCDF ->
          NetcdfFormat.create(List.of(new NewArray(name, WriteOptions.PLAIN)), operations)
              .getFirst();
      case CSV -> CsvFormat.create(name, operations);
    };
  }

  private static ZarrTarget zarr(ArrayName name, FileOperations operations, int elements) {
    return Zarr.target(name, ZarrEncoding.DEFAULT.withChunk(elements / 5 + 1), operations);
  }

  /** Writes so many elements, of which each is {@code number} and its place. */
  void write(Path folder, FileOperations operations, int elements, long number) throws IOException {
    ArrayTarget target = target(folder, operations, elements, number);
    try (HostArray array = HostArray.allocate(DType.INT64, Shape.of(elements))) {
      for (int i = 0; i < elements; i++) {
        array.segment().setAtIndex(ValueLayout.JAVA_LONG, i, number * STEP + i);
      }
      MemorySegment memory = target.open(DType.INT64, array.shape());
      if (memory == null) {
        target.write(Region.all(array.shape()), array.segment());
      } else {
        memory.copyFrom(array.segment());
      }
      target.commit();
    } catch (RuntimeException | IOException | Error e) {
      target.abort();
      throw e;
    }
  }

  /**
   * The number that was written; 0 where there is nothing.
   *
   * @throws AssertionError when an array is there, but not as it was written
   */
  long read(Path folder, int elements) throws IOException {
    ArrayName name = name(folder);
    if (!isThere(name)) {
      return 0;
    }
    try (ArraySource source = ArrayFiles.source(Path.of(name.toString()))) {
      boolean isText = this == CSV;
      if (source.shape().size() != elements) {
        throw new AssertionError("%s has %s elements".formatted(name, source.shape()));
      }
      MemorySegment found = MemorySegment.ofArray(new long[elements]);
      source.read(Region.all(source.shape()), found);
      long number = value(found, isText, 0) / STEP;
      for (int i = 0; i < elements; i++) {
        if (value(found, isText, i) != number * STEP + i || number == 0) {
          throw new AssertionError(
              "%s: element %d is %d".formatted(name, i, value(found, isText, i)));
        }
      }
      return number;
    }
  }

  /** An array of a group is there when it can be found: the group may hold nothing yet. */
  private static boolean isThere(ArrayName name) {
    try {
      return Files.exists(name.file()) && !ArrayFiles.list(Path.of(name.toString())).isEmpty();
    } catch (UsageException e) {
      return false;
    }
  }

  private static long value(MemorySegment found, boolean isText, int index) {
    return isText
        ? (long) found.getAtIndex(ValueLayout.JAVA_DOUBLE, index)
        : found.getAtIndex(ValueLayout.JAVA_LONG, index);
  }
}
