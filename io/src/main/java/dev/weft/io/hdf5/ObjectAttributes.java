package dev.weft.io.hdf5;

import dev.weft.core.dtype.HalfFloats;
import dev.weft.io.AttributeValue;
import dev.weft.io.binary.StoredType;
import io.jhdf.Constants;
import io.jhdf.FractalHeap;
import io.jhdf.GlobalHeap;
import io.jhdf.ObjectHeader;
import io.jhdf.btree.BTreeV2;
import io.jhdf.btree.record.AttributeNameForIndexedAttributesRecord;
import io.jhdf.object.datatype.DataType;
import io.jhdf.object.datatype.StringData;
import io.jhdf.object.datatype.VariableLength;
import io.jhdf.object.message.AttributeInfoMessage;
import io.jhdf.object.message.AttributeMessage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the objects of a file say about themselves: texts, numbers, and names of axes. */
final class ObjectAttributes {
  private static final String AXES = "DIMENSION_LIST";
  private static final int INDEX = Integer.BYTES;

  private final GuardedStorage storage;
  private final Map<Long, GlobalHeap> heaps = new HashMap<>();

  ObjectAttributes(GuardedStorage storage) {
    this.storage = storage;
  }

  /** The attributes of an object as they stand in the file, by name. */
  Map<String, AttributeMessage> messages(ObjectHeader header) {
    Map<String, AttributeMessage> messages = new LinkedHashMap<>();
    for (AttributeMessage message : header.getMessagesOfType(AttributeMessage.class)) {
      messages.put(message.getName(), message);
    }
    for (AttributeInfoMessage info : header.getMessagesOfType(AttributeInfoMessage.class)) {
      if (info.getFractalHeapAddress() != Constants.UNDEFINED_ADDRESS) {
        addDense(info, messages);
      }
    }
    return messages;
  }

  private void addDense(AttributeInfoMessage info, Map<String, AttributeMessage> messages) {
    IndexLimits.requireTree(storage, info.getAttributeNameBTreeAddress());
    FractalHeap heap = new FractalHeap(storage, info.getFractalHeapAddress());
    BTreeV2<AttributeNameForIndexedAttributesRecord> tree =
        new BTreeV2<>(storage, info.getAttributeNameBTreeAddress());
    for (AttributeNameForIndexedAttributesRecord entry : tree.getRecords()) {
      AttributeMessage message =
          new AttributeMessage(heap.getId(entry.getHeapId()), storage, entry.getFlags());
      messages.put(message.getName(), message);
    }
  }

  /** Those that are texts or numbers; the others are HDF5's own. */
  Map<String, AttributeValue> values(Map<String, AttributeMessage> messages) {
    Map<String, AttributeValue> values = new LinkedHashMap<>();
    messages.forEach((name, message) -> value(message).ifPresent(v -> values.put(name, v)));
    return values;
  }

  private Optional<AttributeValue> value(AttributeMessage message) {
    ByteBuffer data = message.getDataBuffer();
    if (data == null) {
      return Optional.empty();
    }
    DataType type = message.getDataType();
    return switch (type) {
      case StringData text -> Optional.of(new AttributeValue.Text(fixedText(data, text.getSize())));
      case VariableLength text when text.isVariableLengthString() ->
          Optional.of(new AttributeValue.Text(heapText(data, type.getSize())));
      default ->
          ElementTypes.of(type)
              .filter(known -> known.dtype().isInteger() || known.dtype().isFloating())
              .map(known -> new AttributeValue.Numbers(known.dtype(), numbers(data, known)));
    };
  }

  /** Texts of one length each, in lines. */
  private static String fixedText(ByteBuffer data, int size) {
    List<String> texts = new ArrayList<>();
    while (size > 0 && data.remaining() >= size) {
      byte[] bytes = new byte[size];
      data.get(bytes);
      texts.add(text(bytes));
    }
    return String.join("\n", texts);
  }

  private static String text(byte[] bytes) {
    int end = 0;
    while (end < bytes.length && bytes[end] != 0) {
      end++;
    }
    return new String(bytes, 0, end, StandardCharsets.UTF_8);
  }

  private String heapText(ByteBuffer data, int size) {
    List<String> texts = new ArrayList<>();
    for (ByteBuffer bytes : heapObjects(data, size)) {
      byte[] text = new byte[bytes.remaining()];
      bytes.get(text);
      texts.add(text(text));
    }
    return String.join("\n", texts);
  }

  /** What elements of variable length refer to: a number of bytes, an address, an index. */
  private List<ByteBuffer> heapObjects(ByteBuffer data, int size) {
    ByteBuffer entries = data.order(ByteOrder.LITTLE_ENDIAN);
    List<ByteBuffer> objects = new ArrayList<>();
    int skipped = size - storage.getSizeOfOffsets() - INDEX;
    while (skipped >= 0 && entries.remaining() >= size) {
      entries.position(entries.position() + skipped);
      long address = address(entries);
      int index = entries.getInt();
      objects.add(
          index == 0
              ? ByteBuffer.allocate(0)
              : heaps
                  .computeIfAbsent(address, at -> new GlobalHeap(storage, at))
                  .getObjectData(index)
                  .order(ByteOrder.LITTLE_ENDIAN));
    }
    return objects;
  }

  private long address(ByteBuffer bytes) {
    return storage.getSizeOfOffsets() == Long.BYTES
        ? bytes.getLong()
        : bytes.getInt() & 0xFFFF_FFFFL;
  }

  private static List<Number> numbers(ByteBuffer data, StoredType type) {
    ByteBuffer bytes = data.order(type.order());
    List<Number> values = new ArrayList<>();
    while (bytes.remaining() >= type.itemSize()) {
      values.add(
          switch (type.dtype()) {
            case INT8 -> (long) bytes.get();
            case UINT8 -> bytes.get() & 0xFFL;
            case INT16 -> (long) bytes.getShort();
            case UINT16 -> bytes.getShort() & 0xFFFFL;
            case INT32 -> (long) bytes.getInt();
            case UINT32 -> bytes.getInt() & 0xFFFF_FFFFL;
            case FLOAT16 -> (double) HalfFloats.of(bytes.getShort());
            case FLOAT32 -> (double) bytes.getFloat();
            case FLOAT64 -> bytes.getDouble();
            default -> bytes.getLong();
          });
    }
    return values;
  }

  /** The addresses of the dimension scales of each axis, the first of each; none where not told. */
  List<Long> scales(Map<String, AttributeMessage> messages) {
    AttributeMessage message = messages.get(AXES);
    if (message == null
        || message.getDataBuffer() == null
        || !(message.getDataType() instanceof VariableLength)) {
      return List.of();
    }
    List<Long> scales = new ArrayList<>();
    for (ByteBuffer object :
        heapObjects(message.getDataBuffer(), message.getDataType().getSize())) {
      scales.add(object.remaining() < storage.getSizeOfOffsets() ? -1 : address(object));
    }
    return scales;
  }
}
