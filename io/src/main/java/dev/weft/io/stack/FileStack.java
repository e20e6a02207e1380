package dev.weft.io.stack;

import dev.weft.core.device.StridedCopy;
import dev.weft.core.device.StridedCopy.Side;
import dev.weft.core.dtype.DType;
import dev.weft.core.error.UsageException;
import dev.weft.core.expr.ArraySource;
import dev.weft.core.expr.Leases;
import dev.weft.core.shape.AxisChunks;
import dev.weft.core.shape.Chunks;
import dev.weft.core.shape.Region;
import dev.weft.core.shape.Shape;
import dev.weft.io.SourceVersion;
import dev.weft.io.VersionedSource;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

/**
 * Files of one type as one array, one behind the other: along a new first axis, for files of one
 * shape, or along an axis that they have, in which they may differ. All are looked at when the
 * stack is made; of any number few are open at a time.
 */
public final class FileStack implements VersionedSource, SourceVersion {
  private static final int MOST_OPEN = 64;

  private final List<Path> files;
  private final Function<Path, ArraySource> opener;
  private final boolean isNew;
  private final int axis;
  private final DType dtype;
  private final Chunks chunks;

  /** Where each file begins along the axis, and where the last one ends. */
  private final long[] offsets;

  /** What each file was when the stack was made. */
  private final List<SourceVersion> versions;

  /** What has been read of those that consist of many files. */
  private final Queue<SourceVersion> read = new ConcurrentLinkedQueue<>();

  private final Map<Integer, ArraySource> open = new LinkedHashMap<>(16, 0.75f, true);
  private final Leases leases = new Leases();

  private FileStack(
      List<Path> files,
      Function<Path, ArraySource> opener,
      boolean isNew,
      int axis,
      DType dtype,
      Chunks chunks,
      long[] offsets,
      List<SourceVersion> versions) {
    this.files = files;
    this.opener = opener;
    this.isNew = isNew;
    this.axis = axis;
    this.dtype = dtype;
    this.chunks = chunks;
    this.offsets = offsets;
    this.versions = versions;
  }

  /**
   * Along a new first axis.
   *
   * @throws UsageException when the files differ in type or shape
   */
  public static FileStack stacked(List<Path> files, Function<Path, ArraySource> opener) {
    return of(files, opener, true, 0);
  }

  /**
   * Along an axis of theirs.
   *
   * @param axis counts from the end when it is negative
   * @throws UsageException when there is no such axis, or the files differ in type or other axes
   */
  public static FileStack joined(List<Path> files, int axis, Function<Path, ArraySource> opener) {
    return of(files, opener, false, axis);
  }

  private static FileStack of(
      List<Path> files, Function<Path, ArraySource> opener, boolean isNew, int wanted) {
    List<AxisChunks> cuts = new ArrayList<>();
    List<SourceVersion> versions = new ArrayList<>();
    DType dtype;
    Shape shape;
    int axis;
    try (ArraySource first = opener.apply(files.getFirst())) {
      dtype = first.dtype();
      shape = first.shape();
      axis = isNew ? 0 : shape.axis("join " + files.getFirst(), wanted);
      cuts.addAll(first.chunks().orElse(Chunks.whole(shape)).axes());
    }
    long[] along = new long[files.size() + 1];
    List<Long> places = new ArrayList<>(List.of(0L));
    for (int i = 0; i < files.size(); i++) {
      try (ArraySource source = opener.apply(files.get(i))) {
        require(files, i, dtype, shape, source, isNew ? -1 : axis);
        versions.add(SourceVersion.of(source));
        along[i + 1] = along[i] + (isNew ? 1 : source.shape().extent(axis));
        AxisChunks own =
            isNew
                ? AxisChunks.regular(1, 1)
                : source.chunks().orElse(Chunks.whole(source.shape())).axis(axis);
        for (int c = 1; c <= own.count() && own.extent() > 0; c++) {
          places.add(along[i] + own.offset(c));
        }
      }
    }
    AxisChunks cut =
        places.size() == 1
            ? AxisChunks.regular(0, 1)
            : AxisChunks.at(places.stream().mapToLong(Long::longValue).toArray());
    if (isNew) {
      cuts.addFirst(cut);
    } else {
      cuts.set(axis, cut);
    }
    return new FileStack(
        List.copyOf(files), opener, isNew, axis, dtype, new Chunks(cuts), along, versions);
  }

  private static void require(
      List<Path> files, int i, DType dtype, Shape shape, ArraySource source, int axis) {
    Shape own = source.shape();
    Shape like = axis < 0 || own.rank() != shape.rank() ? own : own.with(axis, shape.extent(axis));
    if (source.dtype() != dtype || !like.equals(shape)) {
      throw new UsageException(
          "read %s: it holds %s %s, but %s, the first of %,d files, holds %s %s; files that are one array have one type and %s"
              .formatted(
                  files.get(i),
                  source.dtype(),
                  own,
                  files.getFirst(),
                  files.size(),
                  dtype,
                  shape,
                  axis < 0 ? "one shape" : "differ along axis %d only".formatted(axis)));
    }
  }

  @Override
  public Shape shape() {
    return chunks.shape();
  }

  @Override
  public DType dtype() {
    return dtype;
  }

  @Override
  public String description() {
    return files.size() == 1
        ? files.getFirst().toString()
        : "%s and %,d more files".formatted(files.getFirst(), files.size() - 1);
  }

  @Override
  public Optional<Chunks> chunks() {
    return Optional.of(chunks);
  }

  @Override
  public void read(Region region, MemorySegment target) throws IOException {
    if (region.size() == 0) {
      return;
    }
    long end = region.start()[axis] + region.extents()[axis];
    for (int file = find(region.start()[axis]);
        file < files.size() && offsets[file] < end;
        file++) {
      long from = Math.max(region.start()[axis], offsets[file]);
      long to = Math.min(end, offsets[file + 1]);
      if (from < to) {
        read(file, region, from, to, target);
      }
    }
  }

  private int find(long index) {
    int low = 0;
    int high = files.size() - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (offsets[middle + 1] <= index) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Reads what a file has of a region: [from, to) along the axis. */
  private void read(int file, Region region, long from, long to, MemorySegment target)
      throws IOException {
    long[] start = region.start().clone();
    long[] extents = region.extents().clone();
    start[axis] = from - offsets[file];
    extents[axis] = to - from;
    int itemSize = dtype.itemSize();
    long[] dense = StridedCopy.dense(region.extents(), itemSize);
    long offset = (from - region.start()[axis]) * dense[axis];
    Region own = isNew ? new Region(tail(start), tail(extents)) : new Region(start, extents);
    long bytes = own.size() * itemSize;
    if (axis == 0) {
      read(file, own, target.asSlice(offset, bytes));
      return;
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment part = arena.allocate(bytes, Long.BYTES);
      read(file, own, part);
      StridedCopy.copy(
          extents,
          itemSize,
          new Side(part, 0, StridedCopy.dense(extents, itemSize)),
          new Side(target, offset, dense));
    }
  }

  private static long[] tail(long[] values) {
    long[] tail = new long[values.length - 1];
    System.arraycopy(values, 1, tail, 0, tail.length);
    return tail;
  }

  private void read(int file, Region region, MemorySegment target) throws IOException {
    ArraySource source;
    Runnable end;
    synchronized (open) {
      source = open.computeIfAbsent(file, this::open);
      end = source.lease();
      while (open.size() > MOST_OPEN) {
        // The one that was used longest ago; who reads it keeps it until then.
        var eldest = open.entrySet().iterator().next();
        open.remove(eldest.getKey());
        eldest.getValue().close();
      }
    }
    try {
      source.read(region, target);
    } finally {
      end.run();
    }
  }

  /** Opens a file, which must be what it was when the stack was made. */
  private ArraySource open(int file) {
    ArraySource source = opener.apply(files.get(file));
    try {
      versions.get(file).requireSame();
      requireLike(file, source);
    } catch (RuntimeException e) {
      source.close();
      throw e;
    }
    if (SourceVersion.of(source).isGrowing()) {
      read.add(SourceVersion.of(source));
    }
    return source;
  }

  /** Of a format that does not tell the versions of its files. */
  private void requireLike(int file, ArraySource source) {
    long extent = isNew ? 1 : source.shape().extent(axis);
    int rank = isNew ? source.shape().rank() + 1 : source.shape().rank();
    if (source.dtype() != dtype
        || rank != chunks.rank()
        || extent != offsets[file + 1] - offsets[file]) {
      throw new UsageException(
          "read %s: the file was replaced by one that holds %s %s while it was in use. Run again"
              .formatted(files.get(file), source.dtype(), source.shape()));
    }
  }

  @Override
  public SourceVersion version() {
    return this;
  }

  /** Looks at every file once; at each that was read, of those that consist of many. */
  @Override
  public void requireSame() {
    versions.forEach(SourceVersion::requireSame);
    read.forEach(SourceVersion::requireSame);
  }

  @Override
  public Runnable lease() {
    if (!leases.begin()) {
      throw new UsageException(
          "read %s: the source is closed. Keep it open until the result is computed"
              .formatted(description()));
    }
    return () -> {
      if (leases.end()) {
        closeAll();
      }
    };
  }

  @Override
  public void close() {
    if (leases.close()) {
      closeAll();
    }
  }

  private void closeAll() {
    synchronized (open) {
      open.values().forEach(ArraySource::close);
      open.clear();
    }
  }
}
