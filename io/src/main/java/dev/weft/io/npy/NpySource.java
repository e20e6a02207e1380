package dev.weft.io.npy;

import dev.weft.core.dtype.DType;
import dev.weft.core.error.DeviceException;
import dev.weft.core.error.UsageException;
import dev.weft.core.expr.ArraySource;
import dev.weft.core.expr.Identity;
import dev.weft.core.expr.Leases;
import dev.weft.core.expr.RegionCopy;
import dev.weft.core.shape.Region;
import dev.weft.core.shape.Shape;
import dev.weft.io.file.FileOperations;
import dev.weft.io.file.FileVersion;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Cleaner;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * An npy file, mapped: elements in native byte order are read in place, whatever their order of
 * axes. The file must not be shortened while it is open; where that is noticed, reading fails with
 * a {@link DeviceException}.
 */
public final class NpySource implements ArraySource {
  private static final Cleaner CLEANER = Cleaner.create();

  private final String file;
  private final FileVersion version;
  private final NpyHeader header;
  private final Opened opened;
  private final MemorySegment data;
  private final long[] strides;
  private final Cleaner.Cleanable close;
  private final Leases leases = new Leases();

  /** What must be closed; knows nothing of the source, which may be forgotten. */
  private record Opened(FileOperations operations, FileChannel channel, Arena arena)
      implements Runnable {
    @Override
    public void run() {
      arena.close();
      attemptClose(operations, channel);
    }
  }

  private static void attemptClose(FileOperations operations, FileChannel channel) {
    try {
      operations.close(channel);
    } catch (IOException e) {
      // The file was only read, and nothing more is wanted from it.
    }
  }

  private NpySource(
      String file, FileVersion version, NpyHeader header, Opened opened, MemorySegment data) {
    this.file = file;
    this.version = version;
    this.header = header;
    this.opened = opened;
    this.data = data;
    this.strides = strides(header);
    this.close = CLEANER.register(this, opened);
  }

  /** Opens {@code file} by way of {@code operations}. */
  static NpySource open(Path file, FileOperations operations) {
    requireFile(file);
    FileVersion version = new FileVersion(file, operations);
    try {
      FileChannel channel = operations.open(file, StandardOpenOption.READ);
      try {
        long size = operations.size(channel);
        NpyHeader header =
            NpyHeader.read(
                file.toString(), (target, at) -> operations.read(channel, target, at), size);
        return map(file, version.opened(), header, operations, channel);
      } catch (IOException | RuntimeException e) {
        attemptClose(operations, channel);
        throw e;
      }
    } catch (IOException e) {
      throw new DeviceException(
          "read %s: %s. Check the disk and the permissions of the file".formatted(file, why(e)), e);
    }
  }

  private static void requireFile(Path file) {
    if (!Files.exists(file)) {
      throw new UsageException("read %s: there is no such file. Check the path".formatted(file));
    }
    if (!Files.isRegularFile(file)) {
      throw new UsageException(
          "read %s: this is %s, not a file. Name an npy file"
              .formatted(file, Files.isDirectory(file) ? "a directory" : "a device or a pipe"));
    }
    if (!Files.isReadable(file)) {
      throw new UsageException(
          "read %s: reading is not permitted. Change the file's permissions".formatted(file));
    }
  }

  /** The JDK's messages leave out the kind of failure when they name a file. */
  static String why(IOException e) {
    return e.getClass() == IOException.class
        ? String.valueOf(e.getMessage())
        : e.getClass().getSimpleName() + " " + e.getMessage();
  }

  private static NpySource map(
      Path file,
      FileVersion version,
      NpyHeader header,
      FileOperations operations,
      FileChannel channel)
      throws IOException {
    Arena arena = Arena.ofShared();
    try {
      MemorySegment data =
          header.dataBytes() == 0
              ? arena.allocate(0)
              : operations.map(
                  channel, MapMode.READ_ONLY, header.dataOffset(), header.dataBytes(), arena);
      return new NpySource(
          file.toString(), version, header, new Opened(operations, channel, arena), data);
    } catch (IOException | RuntimeException e) {
      arena.close();
      throw e;
    }
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
    return header.shape();
  }

  @Override
  public DType dtype() {
    return header.type().dtype();
  }

  @Override
  public String description() {
    return file;
  }

  /**
   * The mapped data, valid until {@link #close}; null when it has to be converted: the other byte
   * order, data that is not aligned to its elements, and bool, whose bytes a file may hold as any
   * number.
   */
  @Override
  public @Nullable Layout memory() {
    requireOpen();
    boolean aligned = header.dataOffset() % header.type().numberSize() == 0;
    return header.type().isSwapped() || !aligned || dtype() == DType.BOOL
        ? null
        : new Layout(data, 0, strides.clone());
  }

  @Override
  public @Nullable Identity identity() {
    return version.identity();
  }

  @Override
  public void read(Region region, MemorySegment target) throws IOException {
    requireOpen();
    MemorySegment dense = target.asSlice(0, region.size() * dtype().itemSize());
    try {
      RegionCopy.gather(new Layout(data, 0, strides), dtype().itemSize(), region, dense);
    } catch (InternalError e) {
      // How the JVM reports a mapped page that is gone.
      requireIntact();
      throw new DeviceException(
          "read %s: its disk failed (%s). Check the disk, then run again"
              .formatted(file, e.getMessage()),
          e);
    } catch (IllegalStateException e) {
      requireOpen();
      throw e;
    }
    // Behind the end of a shortened file the rest of its last page reads as zeros.
    requireIntact();
    convert(dense);
  }

  @Override
  public void requireIntact() {
    requireOpen();
    long size;
    try {
      size = opened.operations.size(opened.channel);
    } catch (IOException e) {
      requireOpen();
      throw new DeviceException(
          "read %s: %s. Check the disk, then run again".formatted(file, why(e)), e);
    }
    if (size < header.dataOffset() + header.dataBytes()) {
      throw shortened(size);
    }
  }

  private DeviceException shortened(long size) {
    return new DeviceException(
        "read %s: the file was shortened while it was open: it had %,d bytes at least and has %,d now."
                .formatted(file, header.dataOffset() + header.dataBytes(), size)
            + " Write new versions beside it and rename them, then run again");
  }

  private void convert(MemorySegment dense) {
    if (dtype() == DType.BOOL) {
      for (long i = 0; i < dense.byteSize(); i++) {
        boolean set = dense.get(ValueLayout.JAVA_BYTE, i) != 0;
        dense.set(ValueLayout.JAVA_BYTE, i, (byte) (set ? 1 : 0));
      }
    } else if (header.type().isSwapped()) {
      swap(dense, header.type());
    }
  }

  private static void swap(MemorySegment dense, NpyType type) {
    ByteOrder order = type.order();
    long size = type.numberSize();
    for (long at = 0; at < dense.byteSize(); at += size) {
      switch ((int) size) {
        case 2 -> {
          short value = dense.get(ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(order), at);
          dense.set(ValueLayout.JAVA_SHORT_UNALIGNED, at, value);
        }
        case 4 -> {
          int value = dense.get(ValueLayout.JAVA_INT_UNALIGNED.withOrder(order), at);
          dense.set(ValueLayout.JAVA_INT_UNALIGNED, at, value);
        }
        default -> {
          long value = dense.get(ValueLayout.JAVA_LONG_UNALIGNED.withOrder(order), at);
          dense.set(ValueLayout.JAVA_LONG_UNALIGNED, at, value);
        }
      }
    }
  }

  private void requireOpen() {
    if (!opened.arena.scope().isAlive()) {
      throw closed();
    }
  }

  private UsageException closed() {
    return new UsageException(
        "read %s: the source is closed. Keep it open until the result is computed".formatted(file));
  }

  @Override
  public Runnable lease() {
    if (!leases.begin()) {
      throw closed();
    }
    return () -> {
      if (leases.end()) {
        close.clean();
      }
    };
  }

  /**
   * Ends the mapping, after the last job that reads it; a forgotten source is closed by the garbage
   * collector.
   */
  @Override
  public void close() {
    if (leases.close()) {
      close.clean();
    }
  }
}
