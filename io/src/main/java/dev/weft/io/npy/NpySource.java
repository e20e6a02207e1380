package dev.weft.io.npy;

import dev.weft.io.binary.MappedSource;
import dev.weft.io.binary.OpenFile;
import dev.weft.io.binary.StoredArray;
import dev.weft.io.file.FileOperations;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Map;

/**
 * An npy file, or one in an archive, mapped: elements in native byte order are read in place,
 * whatever their order of axes. The file must not be shortened while it is open; where that is
 * noticed, reading fails with a {@link dev.weft.core.error.DeviceException}.
 */
public final class NpySource extends MappedSource {
  private final NpyHeader header;

  private NpySource(OpenFile file, String name, NpyHeader header, MemorySegment data, long end) {
    super(
        file,
        new StoredArray(name, header.type(), header.shape(), Map.of()),
        data,
        strides(header.shape(), header.fortranOrder(), header.type().itemSize()),
        end);
    this.header = header;
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
    return new NpySource(file, name, header, data, from + header.dataOffset() + header.dataBytes());
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
    return new NpySource(file, name, header, data, 0);
  }

  /** The header of the file. */
  public NpyHeader header() {
    return header;
  }
}
