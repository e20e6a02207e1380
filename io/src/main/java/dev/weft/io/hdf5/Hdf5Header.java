package dev.weft.io.hdf5;

import dev.weft.core.dtype.DType;
import dev.weft.core.error.UsageException;
import dev.weft.core.shape.Shape;
import dev.weft.io.ArrayName;
import io.jhdf.Constants;
import io.jhdf.ObjectHeader.ObjectHeaderV2;
import io.jhdf.Superblock.SuperblockV2V3;
import io.jhdf.WritableHdfFile;
import io.jhdf.object.datatype.DataType;
import io.jhdf.object.datatype.FixedPoint;
import io.jhdf.object.datatype.FloatingPoint;
import io.jhdf.object.message.DataLayoutMessage.ContiguousDataLayoutMessage;
import io.jhdf.object.message.DataSpace;
import io.jhdf.object.message.DataSpaceMessage;
import io.jhdf.object.message.DataTypeMessage;
import io.jhdf.object.message.FillValueMessage;
import io.jhdf.object.message.GroupInfoMessage;
import io.jhdf.object.message.LinkInfoMessage;
import io.jhdf.object.message.LinkMessage;
import io.jhdf.object.message.Message;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * What precedes the elements in a file of one dataset: the file's root, its groups, the dataset.
 */
final class Hdf5Header {
  /** Most axes of a dataset of HDF5. */
  private static final int AXES = 32;

  private static final int ALIGNMENT = 64;

  /** Longest name that its link tells the length of in one byte. */
  private static final int LONGEST = 255;

  private final ArrayName place;
  private final List<String> names;
  private final Map<String, Object> attributes;

  /**
   * The header of a file for a dataset.
   *
   * @throws UsageException when HDF5 has no such name
   */
  Hdf5Header(ArrayName place, Map<String, Object> attributes) {
    this.place = place;
    this.names = names(place.file(), place.inside());
    this.attributes = attributes;
  }

  /** The names of the groups and of the dataset; of one that was not named, {@code data}. */
  private static List<String> names(Path file, String inside) {
    List<String> names = Arrays.stream(inside.split("/")).filter(name -> !name.isEmpty()).toList();
    for (String name : names) {
      if (name.equals(".") || name.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
        throw new UsageException(
            "write %s: '%s' is no name of HDF5. Name the dataset with 1 to %d bytes"
                .formatted(file, name, LONGEST));
      }
    }
    return names.isEmpty() ? List.of("data") : names;
  }

  /** How a dataset keeps its elements, as its header tells it. */
  @FunctionalInterface
  interface Storage {
    /**
     * The messages; as many bytes whatever the place.
     *
     * @param begin where what follows the header stands
     */
    List<Message> messages(long begin);
  }

  /**
   * The bytes before the first element of a dataset without chunks.
   *
   * @throws UsageException when HDF5 has no such arrays
   */
  byte[] write(DType dtype, Shape shape) {
    long bytes = Math.multiplyExact(shape.size(), (long) dtype.itemSize());
    return write(
        dtype,
        shape,
        begin ->
            List.of(
                ContiguousDataLayoutMessage.create(
                    bytes == 0 ? Constants.UNDEFINED_ADDRESS : begin, bytes)),
        bytes);
  }

  /**
   * The bytes before what a dataset keeps.
   *
   * @param storage tells of that
   * @param bytes of the file behind them
   */
  byte[] write(DType dtype, Shape shape, Storage storage, long bytes) {
    if (shape.rank() > AXES) {
      throw new UsageException(
          "write %s: %d axes are more than the %d of HDF5. Write .npy, or fewer axes"
              .formatted(place.file(), shape.rank(), AXES));
    }
    List<Message> said = NewAttributes.messages(place, dtype, attributes);
    long address = WritableHdfFile.ROOT_GROUP_ADDRESS;
    ByteBuffer groups = ByteBuffer.allocate(0);
    for (String name : names) {
      // The length of a group's description does not depend on where it leads.
      long next = address + group(address, name, 0).remaining();
      groups = joined(groups, group(address, name, next));
      address = next;
    }
    long end = address + dataset(address, dtype, shape, storage.messages(0), said).remaining();
    long begin = Math.ceilDiv(end, ALIGNMENT) * ALIGNMENT;
    ByteBuffer dataset = dataset(address, dtype, shape, storage.messages(begin), said);
    ByteBuffer header = ByteBuffer.allocate(Math.toIntExact(begin));
    header.put(new SuperblockV2V3().toBuffer(Math.addExact(begin, bytes)));
    header.position((int) WritableHdfFile.ROOT_GROUP_ADDRESS).put(groups).put(dataset);
    return header.array();
  }

  private static ByteBuffer joined(ByteBuffer first, ByteBuffer second) {
    return ByteBuffer.allocate(first.remaining() + second.remaining())
        .put(first)
        .put(second)
        .flip();
  }

  private static ByteBuffer group(long address, String name, long child) {
    List<Message> messages =
        List.of(
            LinkInfoMessage.createBasic(),
            GroupInfoMessage.createBasic(),
            LinkMessage.create(name, child));
    return new ObjectHeaderV2(address, messages).toBuffer();
  }

  private static ByteBuffer dataset(
      long address, DType dtype, Shape shape, List<Message> storage, List<Message> said) {
    List<Message> messages = new ArrayList<>();
    messages.add(DataTypeMessage.create(type(dtype)));
    messages.add(DataSpaceMessage.create(space(shape)));
    messages.add(FillValueMessage.NO_FILL);
    messages.addAll(storage);
    messages.addAll(said);
    return new ObjectHeaderV2(address, messages).toBuffer();
  }

  /** jHDF makes spaces of Java arrays alone: one of the same rank, made larger. */
  private static DataSpace space(Shape shape) {
    if (shape.rank() == 0) {
      return DataSpace.fromObject((byte) 0);
    }
    int[] ones = new int[shape.rank()];
    Arrays.fill(ones, 1);
    return DataSpace.modifyDimensions(
        DataSpace.fromObject(Array.newInstance(byte.class, ones)), shape.extents());
  }

  private static DataType type(DType dtype) {
    return switch (dtype) {
      case BOOL -> WrittenType.truth();
      case FLOAT16 -> WrittenType.half();
      case FLOAT32 -> FloatingPoint.FLOAT;
      case FLOAT64 -> FloatingPoint.DOUBLE;
      case COMPLEX64 -> WrittenType.complex(FloatingPoint.FLOAT);
      case COMPLEX128 -> WrittenType.complex(FloatingPoint.DOUBLE);
      default -> new FixedPoint(dtype.itemSize(), dtype.kind() == DType.Kind.SIGNED);
    };
  }
}
