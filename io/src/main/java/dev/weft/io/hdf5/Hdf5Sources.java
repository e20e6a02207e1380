package dev.weft.io.hdf5;

import dev.weft.core.error.UsageException;
import dev.weft.io.AttributedSource;
import dev.weft.io.FormatException;
import dev.weft.io.binary.MappedSource;
import dev.weft.io.binary.OpenFile;
import dev.weft.io.binary.StoredArray;
import dev.weft.io.binary.StoredType;
import dev.weft.io.chunk.StoredChunks;
import io.jhdf.Constants;
import io.jhdf.ObjectHeader;
import io.jhdf.object.message.DataLayoutMessage.CompactDataLayoutMessage;
import io.jhdf.object.message.DataLayoutMessage.ContiguousDataLayoutMessage;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/** Makes sources of datasets, by the way in which their elements lie in the file. */
final class Hdf5Sources {
  private static final int MOST = Integer.MAX_VALUE - 64;

  private final Hdf5File file;
  private final String name;

  private Hdf5Sources(Hdf5File file, String name) {
    this.file = file;
    this.name = name;
  }

  /**
   * The elements of a dataset.
   *
   * @throws UsageException when there is none of this name
   * @throws FormatException when it is damaged, or holds what Weft has no type for
   */
  static AttributedSource open(Hdf5File file, String name) {
    ObjectHeader object = file.find(name);
    return Guard.read(file.file().name(), name, () -> new Hdf5Sources(file, name).source(object));
  }

  private FormatException refused(String reason) {
    return new FormatException(file.file().name(), -1, name + ": " + reason);
  }

  private AttributedSource source(ObjectHeader object) {
    if (!DatasetHeader.isDataset(object)) {
      throw new UsageException(
          "read %s: %s is no dataset%s"
              .formatted(
                  file.file().name(),
                  name,
                  GroupLinks.isGroup(object) ? " but a group. Name a dataset in it" : ""));
    }
    DatasetHeader header = DatasetHeader.of(file.file().name(), name, object);
    StoredType type =
        header
            .type()
            .orElseThrow(
                () ->
                    refused(
                        "its elements are %s, for which Weft has no type. Convert it in Python, with h5py: out['NAME'] = f['NAME'].astype('float64')"
                            .formatted(header.word())));
    ObjectAttributes attributes = new ObjectAttributes(file.storage());
    StoredArray array =
        new StoredArray(name, type, header.shape(), attributes.values(attributes.messages(object)));
    return switch (header.layout()) {
      case ContiguousDataLayoutMessage contiguous -> contiguous(header, array, contiguous);
      case CompactDataLayoutMessage compact -> compact(array, compact.getDataBuffer());
      default -> chunked(header, array);
    };
  }

  private long bytes(StoredArray array) {
    try {
      return Math.multiplyExact(array.shape().size(), (long) array.type().itemSize());
    } catch (ArithmeticException e) {
      throw refused("it has more than 2^63-1 bytes");
    }
  }

  private static long[] strides(StoredArray array) {
    long[] strides = array.shape().strides();
    for (int axis = 0; axis < strides.length; axis++) {
      strides[axis] *= array.type().itemSize();
    }
    return strides;
  }

  private AttributedSource contiguous(
      DatasetHeader header, StoredArray array, ContiguousDataLayoutMessage layout) {
    if (layout.getAddress() == Constants.UNDEFINED_ADDRESS) {
      return unwritten(header, array);
    }
    long bytes = bytes(array);
    GuardedStorage storage = file.storage();
    storage.require(layout.getAddress(), bytes);
    long begin = storage.position(layout.getAddress());
    OpenFile open = file.file();
    return new MappedSource(open, array, open.map(begin, bytes), strides(array), begin + bytes);
  }

  /** One chunk of the whole shape, which is not there. */
  private AttributedSource unwritten(DatasetHeader header, StoredArray array) {
    bytes(array);
    long[] extents = array.shape().extents();
    for (int axis = 0; axis < extents.length; axis++) {
      extents[axis] = Math.max(1, extents[axis]);
    }
    StoredChunks chunks = new StoredChunks(array.shape(), extents, array.type().itemSize());
    return chunkedSource(header, array, chunks, ChunkTable.empty(chunks));
  }

  private AttributedSource compact(StoredArray array, ByteBuffer data) {
    if (data.remaining() != bytes(array)) {
      throw refused(
          "it has %,d bytes of data, not %,d. Copy or write the file again"
              .formatted(data.remaining(), bytes(array)));
    }
    MemorySegment memory = file.file().allocate(Math.max(1, data.remaining()));
    MemorySegment elements = memory.asSlice(0, data.remaining());
    elements.copyFrom(MemorySegment.ofBuffer(data));
    return new MappedSource(file.file(), array, elements, strides(array), 0);
  }

  private AttributedSource chunked(DatasetHeader header, StoredArray array) {
    String path = file.file().name();
    StoredChunks chunks =
        header
            .chunks(path, array.type().itemSize())
            .orElseThrow(() -> refused("the layout of its elements is not supported"));
    long bytes;
    try {
      bytes = chunks.bytes();
    } catch (ArithmeticException e) {
      throw refused("its chunks have more than 2^63-1 bytes");
    }
    if (bytes > MOST) {
      throw refused(
          "its chunks have %,d bytes; at most %,d are read. Use smaller ones: h5repack -l CHUNK=..."
              .formatted(bytes, MOST));
    }
    bytes(array);
    requireCountable(chunks);
    ChunkFilters filters = new ChunkFilters(path, name, header.filters());
    filters.requireKnown();
    ChunkTable table = ChunkTable.read(file.storage(), header.layout(), chunks);
    table.places().forEach(place -> filters.requirePossible(place, bytes));
    return chunkedSource(header, array, chunks, table);
  }

  private void requireCountable(StoredChunks chunks) {
    try {
      chunks.cuts();
    } catch (UsageException e) {
      throw refused(String.valueOf(e.getMessage()));
    }
  }

  private AttributedSource chunkedSource(
      DatasetHeader header, StoredArray array, StoredChunks chunks, ChunkTable table) {
    return new ChunkedSource(
        file.file(),
        file.storage(),
        array,
        chunks,
        table,
        new ChunkFilters(file.file().name(), name, header.filters()),
        header.fill(array.type().itemSize()));
  }
}
