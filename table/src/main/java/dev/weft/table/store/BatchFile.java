package dev.weft.table.store;

import dev.weft.table.column.Batch;
import dev.weft.table.column.ColumnData;
import dev.weft.table.column.ColumnType;
import dev.weft.table.column.Dictionary;
import dev.weft.table.column.Field;
import dev.weft.table.column.Schema;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A batch in a file, for this process alone. Column by column: a byte that says whether values are
 * missing, the values in native order, a byte for each row that says whether it is there, if values
 * are missing; of text the bytes of its dictionary before that.
 */
final class BatchFile {
  private static final int HEADER = 1 + Long.BYTES;

  private BatchFile() {}

  static void write(Path file, Batch batch) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      for (ColumnData column : batch.columns()) {
        byte[] texts = texts(column);
        byte[] present = column.present();
        ByteBuffer header = ByteBuffer.allocate(HEADER).order(ByteOrder.nativeOrder());
        header.put((byte) (present == null ? 0 : 1)).putLong(texts.length).flip();
        write(channel, header);
        write(channel, ByteBuffer.wrap(texts));
        write(channel, values(column));
        if (present != null) {
          write(channel, ByteBuffer.wrap(present));
        }
      }
    }
  }

  private static void write(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /** The values' bytes. */
  private static ByteBuffer values(ColumnData column) {
    long size = (long) column.length() * column.type().stored().itemSize();
    ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(size)).order(ByteOrder.nativeOrder());
    MemorySegment.ofBuffer(bytes).copyFrom(column.memory());
    return bytes;
  }

  private static byte[] texts(ColumnData column) {
    if (!column.type().equals(ColumnType.TEXT)) {
      return new byte[0];
    }
    Dictionary texts = column.dictionary();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < texts.size(); i++) {
      byte[] text = texts.get(i).getBytes(StandardCharsets.UTF_8);
      bytes.writeBytes(
          ByteBuffer.allocate(Integer.BYTES)
              .order(ByteOrder.nativeOrder())
              .putInt(text.length)
              .array());
      bytes.writeBytes(text);
    }
    return bytes.toByteArray();
  }

  static Batch read(Path file, Schema schema, int rows, int from, int to) throws IOException {
    List<ColumnData> columns = new ArrayList<>();
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long at = 0;
      for (Field field : schema.fields()) {
        ByteBuffer header = read(channel, at, HEADER);
        boolean missing = header.get() != 0;
        long length = header.getLong();
        at += HEADER;
        Dictionary texts =
            field.type().equals(ColumnType.TEXT)
                ? dictionary(read(channel, at, Math.toIntExact(length)))
                : null;
        at += length;
        int item = field.type().stored().itemSize();
        ColumnData values = ColumnData.blank(field.type(), to - from);
        values
            .memory()
            .copyFrom(
                MemorySegment.ofBuffer(read(channel, at + (long) from * item, (to - from) * item)));
        at += (long) rows * item;
        byte[] present = null;
        if (missing) {
          present = read(channel, at + from, to - from).array();
          at += rows;
        }
        columns.add(column(field.type(), values, texts, present));
      }
    }
    return new Batch(schema, columns, to - from);
  }

  private static ColumnData column(
      ColumnType type, ColumnData values, @Nullable Dictionary texts, byte @Nullable [] present) {
    return texts == null
        ? ColumnData.of(type, values.values(), present)
        : ColumnData.text((int[]) values.values(), texts, present);
  }

  private static Dictionary dictionary(ByteBuffer bytes) {
    List<String> texts = new ArrayList<>();
    while (bytes.hasRemaining()) {
      byte[] text = new byte[bytes.getInt()];
      bytes.get(text);
      texts.add(new String(text, StandardCharsets.UTF_8));
    }
    return Dictionary.of(texts);
  }

  private static ByteBuffer read(FileChannel channel, long at, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.nativeOrder());
    long place = at;
    while (bytes.hasRemaining()) {
      int count = channel.read(bytes, place);
      if (count < 0) {
        throw new EOFException("the file ends after %,d bytes".formatted(place));
      }
      place += count;
    }
    return bytes.flip();
  }
}
