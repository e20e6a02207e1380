package dev.weft.io.zarr;

import dev.weft.core.dtype.DType;
import dev.weft.core.error.DeviceException;
import dev.weft.core.error.UsageException;
import dev.weft.core.expr.Leases;
import dev.weft.core.shape.Chunks;
import dev.weft.core.shape.Region;
import dev.weft.core.shape.Shape;
import dev.weft.io.FormatException;
import dev.weft.io.SourceVersion;
import dev.weft.io.VersionedSource;
import dev.weft.io.chunk.ChunkReader;
import dev.weft.io.chunk.StoredChunks;
import dev.weft.io.codec.Scratch;
import dev.weft.io.file.AtomicFile;
import dev.weft.io.file.FileStamp;
import dev.weft.io.zarr.metadata.ArrayMetadata;
import dev.weft.io.zarr.store.Store;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An array of a Zarr store. Chunks are fetched and decoded on the thread that reads; those that
 * were never written are full of the fill value. Whole chunks are decoded in place.
 *
 * <p>As long as it is open, its metadata must stay as it was when it was opened, and what has been
 * read of the chunks as it was then: jobs look at the time, the size and the inode of these files,
 * and of no others, when they begin and end, and fail otherwise.
 */
public final class ZarrSource implements VersionedSource {
  private final String description;
  private final ArrayMetadata metadata;
  private final ArrayMetadata.Elements elements;
  private final ZarrChunks chunks;
  private final Chunks cuts;
  private final ChunkReader reader;
  private final Leases leases = new Leases();

  /**
   * An array that can be read.
   *
   * @param looked the files of the metadata, as they were
   * @throws FormatException when it cannot be
   */
  ZarrSource(
      String description, Store store, ArrayMetadata metadata, Map<String, FileStamp> looked) {
    this.description = description;
    this.metadata = metadata;
    this.elements = metadata.requireElements();
    this.chunks = new ZarrChunks(store, metadata, looked);
    StoredChunks grid =
        new StoredChunks(metadata.shape(), chunks.codec().shape(), elements.dtype().itemSize());
    this.cuts = cuts(metadata, grid);
    MemorySegment fill = Arena.ofAuto().allocate(elements.fill().length, Long.BYTES);
    fill.copyFrom(MemorySegment.ofArray(elements.fill()));
    this.reader = new ChunkReader(grid, fill, this::decode, store.requests());
  }

  private static Chunks cuts(ArrayMetadata metadata, StoredChunks grid) {
    try {
      return grid.cuts();
    } catch (UsageException e) {
      throw new FormatException(metadata.file(), -1, String.valueOf(e.getMessage()));
    }
  }

  /** What the store says about the array. */
  public ArrayMetadata metadata() {
    return metadata;
  }

  @Override
  public Shape shape() {
    return metadata.shape();
  }

  @Override
  public DType dtype() {
    return elements.dtype();
  }

  @Override
  public String description() {
    return description;
  }

  /** The chunks that are compressed each by itself: those in shards, where there are shards. */
  @Override
  public Optional<Chunks> chunks() {
    return Optional.of(cuts);
  }

  /**
   * The files of the metadata, and those of the chunks that have been read so far, each as it was
   * when it was read first.
   */
  @Override
  public SourceVersion version() {
    return chunks.seen();
  }

  @Override
  public void read(Region region, MemorySegment target) throws IOException {
    if (leases.isOver()) {
      throw closed();
    }
    reader.read(region, target);
  }

  private @Nullable MemorySegment decode(
      long[] position, Supplier<MemorySegment> room, Scratch.Use scratch) {
    try {
      MemorySegment elements = room.get();
      return chunks.read(position, elements, scratch) ? elements : null;
    } catch (IOException e) {
      throw new DeviceException(
          "read %s: %s. Check the disk and the permissions of the files"
              .formatted(description, AtomicFile.why(e)),
          e);
    }
  }

  private UsageException closed() {
    return new UsageException(
        "read %s: the source is closed. Keep it open until the result is computed"
            .formatted(description));
  }

  @Override
  public Runnable lease() {
    if (!leases.begin()) {
      throw closed();
    }
    return leases::end;
  }

  /** Refuses further reads after the last job; files are open only while a chunk is read. */
  @Override
  public void close() {
    leases.close();
  }
}
