package dev.weft.io.hdf5;

import dev.weft.core.dtype.DType;
import dev.weft.core.error.DeviceException;
import dev.weft.core.error.UsageException;
import dev.weft.core.expr.ArrayTarget;
import dev.weft.core.shape.Chunks;
import dev.weft.core.shape.Region;
import dev.weft.core.shape.Shape;
import dev.weft.io.ArrayName;
import dev.weft.io.chunk.ChunkElements;
import dev.weft.io.chunk.ChunkExtents;
import dev.weft.io.chunk.StoredChunks;
import dev.weft.io.codec.Scratch;
import dev.weft.io.file.AtomicFile;
import dev.weft.io.file.FileOperations;
import io.jhdf.object.message.DataLayoutMessage.ChunkedDataLayoutMessageV4;
import io.jhdf.object.message.FilterPipelineMessage;
import io.jhdf.object.message.FilterPipelineMessage.FilterInfo;
import io.jhdf.object.message.Message;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A dataset in chunks that appears complete or not at all. Chunks are filtered on the threads that
 * bring them and put one behind the other as they come; {@link #commit} writes their index behind
 * them, and the header. In memory are the chunks that are being written and 12 bytes for each.
 * Arrays without axes or elements are written without chunks.
 */
final class ChunkedTarget implements ArrayTarget {
  private final ArrayName name;
  private final AtomicFile file;
  private final FileOperations operations;
  private final Hdf5Encoding encoding;
  private final Hdf5Header header;

  /** What was told of the chunks, before the target is opened. */
  private @Nullable Told told;

  private @Nullable Output output;

  private record Told(Shape shape, long[] extents) {}

  /** What is being written. */
  private record Output(
      AtomicFile.Draft draft,
      DType dtype,
      StoredChunks grid,
      WrittenChunks written,
      long begin,
      AtomicLong end) {
    boolean hasChunks() {
      return grid.shape().rank() > 0 && grid.shape().size() > 0;
    }

    int number(long[] position) {
      int number = 0;
      for (int axis = 0; axis < position.length; axis++) {
        int count = Math.toIntExact(Math.ceilDiv(grid.shape().extent(axis), grid.chunk()[axis]));
        number = number * count + (int) position[axis];
      }
      return number;
    }
  }

  ChunkedTarget(
      ArrayName name,
      AtomicFile file,
      FileOperations operations,
      Hdf5Encoding encoding,
      Hdf5Header header) {
    this.name = name;
    this.file = file;
    this.operations = operations;
    this.encoding = encoding;
    this.header = header;
  }

  private UsageException refused(String reason) {
    return new UsageException("write %s: %s".formatted(name, reason));
  }

  @Override
  public boolean takesRegions() {
    return true;
  }

  @Override
  public Optional<Chunks> chunks(DType dtype, Shape shape) {
    return chunks(dtype, Chunks.whole(shape));
  }

  @Override
  public Optional<Chunks> chunks(DType dtype, Chunks array) {
    long[] extents = extents(dtype, array);
    told = new Told(array.shape(), extents);
    return Optional.of(Chunks.regular(array.shape(), extents));
  }

  private long[] extents(DType dtype, Chunks array) {
    long[] extents =
        encoding
            .chunk()
            .map(given -> ChunkExtents.given(given, "chunks", dtype, array.shape()))
            .orElseGet(() -> ChunkExtents.following(dtype, array));
    // The HDF5 library has no chunks that are longer than the dataset.
    for (int axis = 0; axis < extents.length; axis++) {
      extents[axis] = Math.max(1, Math.min(extents[axis], array.shape().extent(axis)));
    }
    return extents;
  }

  @Override
  public @Nullable MemorySegment open(DType dtype, Shape shape) {
    if (output != null) {
      throw refused("the target is open already. Use one target per job");
    }
    Told before = told;
    long[] chunk =
        before != null && before.shape.equals(shape)
            ? before.extents
            : extents(dtype, Chunks.whole(shape));
    StoredChunks grid = new StoredChunks(shape, chunk, dtype.itemSize());
    long count = 1;
    for (int axis = 0; axis < chunk.length; axis++) {
      count *= Math.ceilDiv(shape.extent(axis), chunk[axis]);
      if (count > WrittenChunks.MOST) {
        throw refused(
            "chunks %s of shape %s are more than %,d. Write larger ones, as with --out-chunks"
                .formatted(Shape.of(chunk), shape, WrittenChunks.MOST));
      }
    }
    WrittenChunks written = new WrittenChunks((int) count);
    // Of the same length as the one that is written in the end.
    long begin = headerOf(dtype, grid, 0, 0).length;
    AtomicFile.Draft draft = file.begin();
    output = new Output(draft, dtype, grid, written, begin, new AtomicLong(begin));
    return null;
  }

  private byte[] headerOf(DType dtype, StoredChunks grid, long index, long bytes) {
    Shape shape = grid.shape();
    if (shape.rank() == 0 || shape.size() == 0) {
      return header.write(dtype, shape);
    }
    int count = Math.toIntExact(grid.cuts().count());
    int[] extents = new int[grid.chunk().length + 1];
    Arrays.setAll(
        extents, axis -> axis < extents.length - 1 ? (int) grid.chunk()[axis] : dtype.itemSize());
    List<FilterInfo> filters = encoding.filters(dtype.itemSize());
    List<Message> messages = new ArrayList<>();
    messages.add(
        ChunkedDataLayoutMessageV4.createFixedArray(index, extents, WrittenChunks.bits(count)));
    if (!filters.isEmpty()) {
      messages.add(FilterPipelineMessage.create(filters));
    }
    return header.write(dtype, shape, begin -> messages, bytes);
  }

  private Output requireOpen() {
    Output open = output;
    if (open == null) {
      throw refused("nothing is open. Call open first");
    }
    return open;
  }

  @Override
  public void write(Region region, MemorySegment elements) throws IOException {
    Output open = requireOpen();
    if (open.hasChunks()) {
      open.grid.visit(region, (position, part) -> write(open, position, part, region, elements));
    } else if (elements.byteSize() > 0) {
      put(open, elements, open.begin);
      open.end.set(open.begin + elements.byteSize());
    }
  }

  private void write(
      Output open, long[] position, Region part, Region region, MemorySegment elements) {
    if (!open.grid.covers(position, part)) {
      throw refused(
          "%s is not all that a chunk holds; bring whole chunks %s"
              .formatted(part, Shape.of(open.grid.chunk())));
    }
    try (Scratch.Use use = Scratch.begin()) {
      MemorySegment chunk = ChunkElements.of(open.grid, position, region, elements, part, use);
      MemorySegment bytes = encoding.encode(chunk, open.grid.itemSize(), use);
      long place = open.end.getAndAdd(bytes.byteSize());
      put(open, bytes, place);
      open.written.put(open.number(position), place, (int) bytes.byteSize());
    }
  }

  private void put(Output open, MemorySegment bytes, long place) {
    try {
      operations.write(open.draft.channel(), bytes.asByteBuffer(), place);
    } catch (IOException e) {
      throw new DeviceException(
          "write %s: a chunk cannot be written: %s. Free space or write elsewhere"
              .formatted(name, AtomicFile.why(e)),
          e);
    }
  }

  @Override
  public void commit() {
    Output written = requireOpen();
    output = null;
    AtomicFile.Draft draft = written.draft;
    try {
      if (written.hasChunks() && !written.written.isComplete()) {
        throw refused("not all chunks were brought. Bring all of them, then commit");
      }
      // Nothing may name the header before what it leads to is on the disk.
      draft.step("writing the index of chunks", () -> finish(written));
      draft.publish();
    } catch (RuntimeException | Error e) {
      draft.discard(e);
      throw e;
    }
    draft.secure();
  }

  private void finish(Output written) throws IOException {
    long at = written.end.get();
    long end = at;
    if (written.hasChunks()) {
      boolean isFiltered = !encoding.filters(written.grid.itemSize()).isEmpty();
      ByteBuffer index = written.written.index(at, (int) written.grid.bytes(), isFiltered);
      end += index.remaining();
      operations.write(written.draft.channel(), index, at);
    }
    operations.force(written.draft.channel());
    byte[] bytes = headerOf(written.dtype, written.grid, at, end - written.begin);
    operations.write(written.draft.channel(), ByteBuffer.wrap(bytes), 0);
    operations.force(written.draft.channel());
  }

  @Override
  public void abort() {
    Output abandoned = output;
    if (abandoned != null) {
      output = null;
      abandoned.draft.discard(null);
    }
  }
}
