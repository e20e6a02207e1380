package dev.weft.io.hdf5;

import dev.weft.core.error.UsageException;
import dev.weft.core.shape.Chunks;
import dev.weft.core.shape.Shape;
import dev.weft.io.FormatException;
import dev.weft.io.binary.StoredType;
import dev.weft.io.chunk.StoredChunks;
import io.jhdf.ObjectHeader;
import io.jhdf.object.datatype.DataType;
import io.jhdf.object.message.DataLayoutMessage;
import io.jhdf.object.message.DataLayoutMessage.ChunkedDataLayoutMessage;
import io.jhdf.object.message.DataLayoutMessage.ChunkedDataLayoutMessageV4;
import io.jhdf.object.message.DataSpace;
import io.jhdf.object.message.DataSpaceMessage;
import io.jhdf.object.message.DataTypeMessage;
import io.jhdf.object.message.FillValueMessage;
import io.jhdf.object.message.FillValueOldMessage;
import io.jhdf.object.message.FilterPipelineMessage;
import io.jhdf.object.message.FilterPipelineMessage.FilterInfo;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What the file says about a dataset.
 *
 * @param address where the file describes it
 * @param path its name with its groups
 * @param type its element type, none where Weft has no such type
 * @param word what people call the type
 * @param filters what was done to its chunks, in this order
 */
record DatasetHeader(
    long address,
    String path,
    Optional<StoredType> type,
    String word,
    Shape shape,
    DataLayoutMessage layout,
    List<FilterInfo> filters,
    ObjectHeader object) {
  private static final int AXES = 64;
  private static final int NULL_SPACE = 2;

  /** Whether an object is a dataset. */
  static boolean isDataset(ObjectHeader object) {
    return object.hasMessageOfType(DataSpaceMessage.class);
  }

  /**
   * The description of a dataset.
   *
   * @throws FormatException where it is damaged
   */
  static DatasetHeader of(String file, String path, ObjectHeader object) {
    DataType type = object.getMessageOfType(DataTypeMessage.class).getDataType();
    Optional<StoredType> stored = ElementTypes.of(type);
    DataSpace space = object.getMessageOfType(DataSpaceMessage.class).getDataSpace();
    DataLayoutMessage layout = object.getMessageOfType(DataLayoutMessage.class);
    List<FilterInfo> filters =
        object.hasMessageOfType(FilterPipelineMessage.class)
            ? object.getMessageOfType(FilterPipelineMessage.class).getFilters()
            : List.of();
    return new DatasetHeader(
        object.getAddress(),
        path,
        space.getType() == NULL_SPACE ? Optional.empty() : stored,
        space.getType() == NULL_SPACE
            ? "nothing"
            : stored.map(known -> known.dtype().label()).orElseGet(() -> ElementTypes.word(type)),
        shape(file, path, space),
        layout,
        filters,
        object);
  }

  private static Shape shape(String file, String path, DataSpace space) {
    long[] extents = space.getDimensionsAsLong();
    if (extents.length > AXES) {
      throw new FormatException(
          file, -1, "%s has %d axes; at most %d are read".formatted(path, extents.length, AXES));
    }
    try {
      return Shape.of(extents);
    } catch (UsageException e) {
      throw new FormatException(file, -1, "%s: %s".formatted(path, e.getMessage()));
    }
  }

  /** Extents of a chunk, none where the dataset is not in chunks. */
  Optional<long[]> chunk() {
    return switch (layout) {
      case ChunkedDataLayoutMessage old -> Optional.of(extents(old.getChunkDimensions()));
      case ChunkedDataLayoutMessageV4 recent -> {
        int[] extents = recent.getChunkDimensions();
        // The last one is the size of an element.
        yield Optional.of(extents(Arrays.copyOf(extents, Math.max(0, extents.length - 1))));
      }
      default -> Optional.empty();
    };
  }

  private static long[] extents(int[] extents) {
    return Arrays.stream(extents).asLongStream().toArray();
  }

  /**
   * The chunks of a dataset in chunks.
   *
   * @throws FormatException when they do not fit its shape
   */
  Optional<StoredChunks> chunks(String file, int itemSize) {
    return chunk().map(extents -> chunks(file, extents, itemSize));
  }

  private StoredChunks chunks(String file, long[] extents, int itemSize) {
    boolean fits = extents.length == shape.rank() && extents.length > 0;
    for (long extent : extents) {
      fits &= extent > 0;
    }
    if (!fits) {
      throw new FormatException(
          file,
          -1,
          "%s of shape %s has chunks of %s. Copy or write the file again"
              .formatted(path, shape, Arrays.toString(extents)));
    }
    return new StoredChunks(shape, extents, itemSize);
  }

  /** The cuts between chunks, where there are as many as can be counted. */
  Optional<Chunks> cuts(String file) {
    try {
      return chunks(file, type.map(StoredType::itemSize).orElse(1)).map(StoredChunks::cuts);
    } catch (UsageException e) {
      return Optional.empty();
    }
  }

  /** What stands for elements that were not written, as they lie in the file. */
  byte[] fill(int itemSize) {
    byte[] fill = new byte[itemSize];
    ByteBuffer told = null;
    if (object.hasMessageOfType(FillValueMessage.class)) {
      FillValueMessage message = object.getMessageOfType(FillValueMessage.class);
      told = message.isFillValueDefined() ? message.getFillValue() : null;
    } else if (object.hasMessageOfType(FillValueOldMessage.class)) {
      told = object.getMessageOfType(FillValueOldMessage.class).getFillValue();
    }
    if (told != null && told.remaining() == itemSize) {
      told.get(fill);
    }
    return fill;
  }
}
