package dev.weft.io.zarr;

import dev.weft.core.dtype.DType;
import dev.weft.core.error.DeviceException;
import dev.weft.core.error.InternalException;
import dev.weft.core.error.UsageException;
import dev.weft.core.expr.ArrayTarget;
import dev.weft.core.shape.Chunks;
import dev.weft.core.shape.Region;
import dev.weft.core.shape.Shape;
import dev.weft.io.ArrayName;
import dev.weft.io.Resumption;
import dev.weft.io.chunk.ChunkElements;
import dev.weft.io.chunk.StoredChunks;
import dev.weft.io.codec.Scratch;
import dev.weft.io.file.AtomicFile;
import dev.weft.io.file.FileOperations;
import dev.weft.io.object.ObjectPath;
import dev.weft.io.zarr.codec.ChunkCodec;
import dev.weft.io.zarr.codec.ZeroBytes;
import dev.weft.io.zarr.metadata.ChunkKeys;
import dev.weft.io.zarr.metadata.MetadataWriter;
import dev.weft.io.zarr.store.Store;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An array of a Zarr store of version 3 that appears complete or not at all. Chunks are written to
 * a temporary folder beside the store, {@code .<name>.weft-<mark>.tmp}, as they come, on the
 * threads that bring them; chunks of zeros are left out. {@link #commit} writes the metadata, makes
 * all of it durable, and gives the folder its name. What a killed JVM leaves is removed when the
 * same store is written to again. In an object store chunks are put in their places, and the
 * metadata last.
 */
public final class ZarrTarget implements ArrayTarget {
  /** Keys of chunks are names of one folder: each further folder would have to be made durable. */
  private static final String SEPARATOR = ".";

  private final ZarrPlace place;
  private final ZarrEncoding encoding;
  private final FileOperations operations;
  private final @Nullable Resumption job;
  private @Nullable Output output;

  /** What is being written. */
  private record Output(Draft draft, Store store, Shape shape, ChunkCodec codec, ChunkKeys keys) {
    StoredChunks grid() {
      return new StoredChunks(shape, codec.shape(), codec.dtype().itemSize());
    }
  }

  private ZarrTarget(
      ZarrPlace place, ZarrEncoding encoding, FileOperations operations, @Nullable Resumption job) {
    this.place = place;
    this.encoding = encoding;
    this.operations = operations;
    this.job = job;
  }

  /**
   * A target that is known to be writable as far as that can be told without writing.
   *
   * @throws UsageException when it is not
   */
  static ZarrTarget at(ArrayName name, ZarrEncoding encoding, FileOperations operations) {
    return new ZarrTarget(ZarrPlace.of(name, operations), encoding, operations, null);
  }

  /**
   * The same target, which goes on with the chunks that an earlier job of the same kind has
   * completed before it was interrupted, and leaves its own when it is interrupted itself. Chunks
   * are compared with the checksums that were noted when they were written.
   */
  public ZarrTarget resuming(Resumption resumed) {
    return new ZarrTarget(place, encoding, operations, resumed);
  }

  @Override
  public boolean takesRegions() {
    return true;
  }

  @Override
  public Optional<Chunks> chunks(DType dtype, Shape shape) {
    return Optional.of(Chunks.regular(shape, encoding.codec(dtype, shape).shape()));
  }

  @Override
  public @Nullable MemorySegment open(DType dtype, Shape shape) {
    if (output != null) {
      throw refused("the target is open already. Use one target per job");
    }
    ChunkCodec codec = encoding.codec(dtype, shape);
    Draft draft = draft(dtype, shape);
    ChunkKeys keys = new ChunkKeys(place.key(place.depth()), true, SEPARATOR);
    output = new Output(draft, draft.store(), shape, codec, keys);
    return null;
  }

  private Draft draft(DType dtype, Shape shape) {
    Resumption resumed = job;
    if (resumed != null && place.root() instanceof ObjectPath) {
      throw refused(
          "a job cannot be resumed in an object store yet. Leave --resume away, or write to a folder and copy it");
    }
    try {
      return resumed == null
          ? Draft.anew(place, operations)
          : Draft.resumed(
              place,
              resumed.with("array", dtype + " " + shape).with("encoding", encoding.toString()),
              operations);
    } catch (IOException e) {
      throw noFolder(e);
    }
  }

  private DeviceException noFolder(IOException e) {
    return new DeviceException(
        place.root() instanceof ObjectPath
            ? "write %s: it cannot be begun: %s. Run again"
                .formatted(place.name(), AtomicFile.why(e))
            : "write %s: no folder can be made beside %s: %s. Check the disk, or write elsewhere"
                .formatted(place.name(), place.root(), AtomicFile.why(e)),
        e);
  }

  @Override
  public boolean has(Region region) {
    Output open = output;
    if (open == null || job == null) {
      return false;
    }
    boolean[] all = {true};
    try {
      open.grid()
          .visit(region, (position, part) -> all[0] &= open.draft.has(open.keys.key(position)));
    } catch (IOException e) {
      throw new InternalException("nothing is read", e);
    }
    return all[0];
  }

  @Override
  public void write(Region region, MemorySegment elements) throws IOException {
    Output open = requireOpen();
    StoredChunks grid = open.grid();
    grid.visit(
        region, (position, part) -> write(open, grid, position, new Part(region, elements, part)));
  }

  /** A part of a region, and the region's elements. */
  private record Part(Region region, MemorySegment elements, Region part) {}

  private void write(Output open, StoredChunks grid, long[] position, Part part) {
    if (!grid.covers(position, part.part)) {
      throw refused(
          "%s is not all that a chunk holds; bring whole chunks %s"
              .formatted(part.part, Shape.of(grid.chunk())));
    }
    String key = open.keys.key(position);
    if (open.draft.has(key)) {
      return;
    }
    try (Scratch.Use use = Scratch.begin()) {
      MemorySegment chunk =
          ChunkElements.of(grid, position, part.region, part.elements, part.part, use);
      MemorySegment value =
          ZeroBytes.are(chunk) ? MemorySegment.NULL : open.codec.encode(chunk, use);
      if (value.byteSize() > 0) {
        open.store.put(key, value);
      }
      open.draft.finished(key, value);
    } catch (IOException e) {
      throw new DeviceException(
          "write %s: chunk %s cannot be written: %s%s"
              .formatted(place.name(), key, AtomicFile.why(e), remedy()),
          e);
    }
  }

  private String remedy() {
    return place.root() instanceof ObjectPath
        ? ". Run again, or write elsewhere"
        : space() + ". Free space or write elsewhere";
  }

  private String space() {
    try {
      long free = Files.getFileStore(ZarrPlace.directory(place.root())).getUsableSpace();
      return " (%,d bytes are free)".formatted(free);
    } catch (IOException e) {
      return "";
    }
  }

  private Output requireOpen() {
    Output open = output;
    if (open == null) {
      throw refused("nothing is open. Call open first");
    }
    return open;
  }

  private UsageException refused(String reason) {
    return new UsageException("write %s: %s".formatted(place.name(), reason));
  }

  @Override
  public void commit() {
    Output written = requireOpen();
    output = null;
    Runnable secure;
    try {
      secure = written.draft.publish(metadata(written));
    } catch (RuntimeException | Error e) {
      written.draft.abandon(e);
      throw e;
    }
    secure.run();
  }

  private byte[] metadata(Output written) {
    return MetadataWriter.array(
        written.shape, written.codec, SEPARATOR, encoding.dimensions(), encoding.attributes());
  }

  @Override
  public void abort() {
    Output abandoned = output;
    if (abandoned != null) {
      output = null;
      abandoned.draft.abandon(null);
    }
  }
}
