package dev.weft.io.hdf5;

import dev.weft.io.FormatException;
import dev.weft.io.codec.ByteShuffle;
import dev.weft.io.codec.Scratch;
import io.jhdf.filter.LzfFilter;
import io.jhdf.object.message.FilterPipelineMessage.FilterInfo;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Undoes what was done to the bytes of chunks before they were written.
 *
 * @param place the dataset, for errors
 * @param filters in the order in which they were used
 */
record ChunkFilters(String file, String place, List<FilterInfo> filters) {
  private static final int DEFLATE = 1;
  private static final int SHUFFLE = 2;
  private static final int CHECKSUM = 3;
  private static final int LZF = 32000;

  /** No filter makes more of a byte: the limit of deflate. */
  private static final long EXPANSION = 1032;

  private static final long ALLOWANCE = 64 << 10;

  private static final Map<Integer, String> NAMES =
      Map.ofEntries(
          Map.entry(DEFLATE, "deflate"),
          Map.entry(SHUFFLE, "shuffle"),
          Map.entry(CHECKSUM, "fletcher32"),
          Map.entry(4, "szip"),
          Map.entry(5, "nbit"),
          Map.entry(6, "scaleoffset"),
          Map.entry(LZF, "lzf"),
          Map.entry(32001, "blosc"),
          Map.entry(32004, "lz4"),
          Map.entry(32008, "bitshuffle"),
          Map.entry(32013, "zfp"),
          Map.entry(32015, "zstd"),
          Map.entry(32026, "blosc2"));

  /** What a filter is called. */
  static String name(FilterInfo filter) {
    String name = NAMES.get(filter.getId());
    return name == null ? "filter %d (%s)".formatted(filter.getId(), filter.getName()) : name;
  }

  /** The names of filters, as in {@code shuffle, deflate}. */
  static String names(List<FilterInfo> filters) {
    return filters.stream().map(ChunkFilters::name).collect(Collectors.joining(", "));
  }

  /**
   * Checks that all filters can be undone.
   *
   * @throws FormatException naming those that cannot
   */
  void requireKnown() {
    List<FilterInfo> unknown =
        filters.stream()
            .filter(filter -> !List.of(DEFLATE, SHUFFLE, CHECKSUM, LZF).contains(filter.getId()))
            .toList();
    if (!unknown.isEmpty()) {
      throw damaged(
          "it is compressed with %s, which is not read; deflate, shuffle, fletcher32 and lzf are. Convert it: h5repack -f GZIP=4 %s OUT"
              .formatted(names(unknown), file));
    }
  }

  private FormatException damaged(String reason) {
    return new FormatException(file, -1, place + ": " + reason);
  }

  /**
   * Checks, before there is memory for it, that a chunk can come to so many bytes.
   *
   * @throws FormatException when it cannot
   */
  void requirePossible(ChunkTable.Place chunk, long bytes) {
    boolean possible =
        isPlain(chunk) ? chunk.bytes() == bytes : chunk.bytes() * EXPANSION + ALLOWANCE >= bytes;
    if (!possible) {
      throw damaged(
          "a chunk of %,d bytes cannot hold %,d of data. Copy or write the file again"
              .formatted(chunk.bytes(), bytes));
    }
  }

  /** Whether the bytes of a chunk are its elements. */
  boolean isPlain(ChunkTable.Place chunk) {
    for (int i = 0; i < filters.size(); i++) {
      if (isUsed(chunk, i)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isUsed(ChunkTable.Place chunk, int filter) {
    return (chunk.skipped() >>> filter & 1) == 0;
  }

  /**
   * Turns the bytes of a chunk in the file into its elements.
   *
   * @param stored native memory
   * @param elements native memory for all of them
   * @throws FormatException when they are damaged
   */
  void undo(
      MemorySegment stored, ChunkTable.Place chunk, MemorySegment elements, Scratch.Use scratch) {
    int checksums = 0;
    int first = filters.size();
    for (int i = filters.size() - 1; i >= 0; i--) {
      if (isUsed(chunk, i)) {
        checksums += filters.get(i).getId() == CHECKSUM ? 1 : 0;
        first = i;
      }
    }
    MemorySegment data = stored;
    for (int i = filters.size() - 1; i >= 0; i--) {
      if (isUsed(chunk, i)) {
        FilterInfo filter = filters.get(i);
        @Nullable MemorySegment last = i == first ? elements : null;
        switch (filter.getId()) {
          case DEFLATE -> {
            long most = elements.byteSize() + checksums * Fletcher32.BYTES;
            data = inflate(data, last == null ? scratch.take(most) : last);
          }
          case SHUFFLE -> data = unshuffle(data, filter, last, scratch);
          case CHECKSUM -> {
            if (!Fletcher32.matches(data)) {
              throw damaged("the checksum of a chunk is wrong. Copy or write the file again");
            }
            data = data.asSlice(0, data.byteSize() - Fletcher32.BYTES);
            checksums--;
          }
          default -> data = unpack(data, filter, elements.byteSize());
        }
      }
    }
    if (data.byteSize() != elements.byteSize()) {
      throw damaged(
          "a chunk comes to %,d bytes of data, not %,d. Copy or write the file again"
              .formatted(data.byteSize(), elements.byteSize()));
    }
    if (!data.equals(elements)) {
      elements.copyFrom(data);
    }
  }

  private MemorySegment inflate(MemorySegment data, MemorySegment room) {
    ByteBuffer out = room.asByteBuffer();
    try (Inflater inflater = new Inflater()) {
      inflater.setInput(data.asByteBuffer());
      while (out.hasRemaining() && !inflater.finished()) {
        int count = inflater.inflate(out);
        if (count == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
          throw damaged("a chunk ends early. Copy or write the file again");
        }
      }
      return room.asSlice(0, out.position());
    } catch (DataFormatException e) {
      throw damaged("a chunk cannot be inflated: " + e.getMessage());
    }
  }

  private MemorySegment unshuffle(
      MemorySegment data, FilterInfo filter, @Nullable MemorySegment last, Scratch.Use scratch) {
    int size = filter.getData().length > 0 ? filter.getData()[0] : 0;
    if (size < 1) {
      throw damaged("its filter shuffle tells no size of elements");
    }
    if (size == 1 || data.byteSize() < size) {
      return data;
    }
    MemorySegment out =
        last != null && last.byteSize() == data.byteSize() ? last : scratch.take(data.byteSize());
    ByteShuffle.unshuffle(data, out, size);
    return out;
  }

  private MemorySegment unpack(MemorySegment data, FilterInfo filter, long bytes) {
    int[] settings = filter.getData();
    if (settings.length < 3 || settings[2] != bytes) {
      throw damaged("its filter lzf tells of chunks of another size");
    }
    try {
      return MemorySegment.ofArray(
          new LzfFilter().decode(data.toArray(ValueLayout.JAVA_BYTE), settings));
    } catch (RuntimeException e) {
      throw damaged("a chunk cannot be unpacked by lzf: " + e.getMessage());
    }
  }
}
