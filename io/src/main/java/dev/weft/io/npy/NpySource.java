package dev.weft.io.npy;

import dev.weft.core.dtype.DType;
import dev.weft.core.expr.ArraySource;
import dev.weft.core.expr.Identity;
import dev.weft.core.shape.Region;
import dev.weft.core.shape.Shape;
import dev.weft.io.binary.MappedSource;
import dev.weft.io.binary.OpenFile;
import dev.weft.io.binary.StoredArray;
import dev.weft.io.binary.StoredType;
import dev.weft.io.file.FileOperations;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An npy file, or one in an archive, mapped: elements in native byte order are read in place,
 * whatever their order of axes. The file must not be shortened while it is open; where that is
 * noticed, reading fails with a {@link dev.weft.core.error.DeviceException}.
 */
public final class NpySource implements ArraySource {
  private final NpyHeader header;
  private final MappedSource elements;

  private NpySource(NpyHeader header, MappedSource elements) {
    this.header = header;
    this.elements = elements;
  }

  /** Opens {@code path} by way of {@code operations}. */
  static NpySource open(Path path, FileOperations operations) {
    OpenFile file = OpenFile.open(path, operations);
    try {
      return in(file, "", 0, file.size());
    } catch (RuntimeException e) {
      file.close();
      throw e;
    }
  }

  /**
   * An npy file that is a part of an open file, which is closed with it.
   *
   * @param name of the array in the file, empty where it has none
   * @param from where the part begins
   * @param bytes of the part
   * @throws dev.weft.io.FormatException when it is damaged
   */
  public static NpySource in(OpenFile file, String name, long from, long bytes) {
    NpyHeader header =
        NpyHeader.read(file.name(), (target, at) -> file.read(target, from + at), bytes);
    MemorySegment data = file.map(from + header.dataOffset(), header.dataBytes());
    return of(file, name, header, data, from + header.dataOffset() + header.dataBytes());
  }

  /**
   * An npy file whose bytes lie in memory that lives as long as an open file.
   *
   * @throws dev.weft.io.FormatException when it is damaged
   */
  public static NpySource in(OpenFile file, String name, MemorySegment bytes) {
    NpyHeader header =
        NpyHeader.read(
            file.name(),
            (target, at) -> {
              int length = target.remaining();
              target.put(bytes.asSlice(at, length).asByteBuffer());
            },
            bytes.byteSize());
    MemorySegment data = bytes.asSlice(header.dataOffset(), header.dataBytes());
    return of(file, name, header, data, 0);
  }

  private static NpySource of(
      OpenFile file, String name, NpyHeader header, MemorySegment data, long end) {
    StoredType type = new StoredType(header.type().dtype(), header.type().order());
    StoredArray array = new StoredArray(name, type, header.shape(), Map.of());
    return new NpySource(header, new MappedSource(file, array, data, strides(header), end));
  }

  private static long[] strides(NpyHeader header) {
    Shape shape = header.shape();
    int itemSize = header.type().dtype().itemSize();
    long[] strides = shape.strides();
    if (header.fortranOrder()) {
      long stride = 1;
      for (int axis = 0; axis < strides.length; axis++) {
        strides[axis] = stride;
        stride *= Math.max(shape.extent(axis), 1);
      }
    }
    for (int axis = 0; axis < strides.length; axis++) {
      strides[axis] *= itemSize;
    }
    return strides;
  }

  /** The header of the file. */
  public NpyHeader header() {
    return header;
  }

  @Override
  public Shape shape() {
    return elements.shape();
  }

  @Override
  public DType dtype() {
    return elements.dtype();
  }

  @Override
  public String description() {
    return elements.description();
  }

  /**
   * The mapped data, valid until {@link #close}; null when it has to be converted: the other byte
   * order, data that is not aligned to its elements, and bool, whose bytes a file may hold as any
   * number.
   */
  @Override
  public @Nullable Layout memory() {
    return elements.memory();
  }

  @Override
  public @Nullable Identity identity() {
    return elements.identity();
  }

  @Override
  public void read(Region region, MemorySegment target) {
    elements.read(region, target);
  }

  @Override
  public void requireIntact() {
    elements.requireIntact();
  }

  @Override
  public Runnable lease() {
    return elements.lease();
  }

  /**
   * Ends the mapping, after the last job that reads it; a forgotten source is closed by the garbage
   * collector.
   */
  @Override
  public void close() {
    elements.close();
  }
}
